package io.tickformer.cli.demo;

import io.tickformer.console.UserError;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A feed and the model that forecasts it.
 *
 * @param feed the observations to replay
 * @param model the model file
 */
record PreparedFeed(Feed feed, Path model) {
    /**
     * Checks that the feed has the model's tick length.
     *
     * @throws UserError if the tick lengths differ
     */
    void requireTick(long modelTickMillis) {
        if (feed.tickMillis() != modelTickMillis) {
            throw new UserError(
                    ("%s forecasts ticks of %s; the replayed data has ticks of %s. Give a model"
                                    + " with that tick length, or override the tick length of a model without"
                                    + " calendar features with --tick.")
                            .formatted(
                                    model,
                                    Duration.ofMillis(modelTickMillis),
                                    Duration.ofMillis(feed.tickMillis())));
        }
    }
}
