package io.tickformer.cli.demo;

import io.tickformer.console.UserError;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A feed and the model that forecasts it.
 *
 * @param feed what is replayed
 * @param model the model's file
 */
record PreparedFeed(Feed feed, Path model) {
    /**
     * Fails unless the feed is on the model's grid.
     *
     * @throws UserError if the lengths of their ticks differ
     */
    void requireTick(long modelTickMillis) {
        if (feed.tickMillis() != modelTickMillis) {
            throw new UserError(
                    "%s forecasts ticks of %s; what is replayed has ticks of %s. Give a model of that grid, or put one that knows no calendar on it with --tick."
                            .formatted(
                                    model,
                                    Duration.ofMillis(modelTickMillis),
                                    Duration.ofMillis(feed.tickMillis())));
        }
    }
}
