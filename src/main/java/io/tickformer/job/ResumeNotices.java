package io.tickformer.job;

import io.tickformer.kafka.issued.ForecastProgress;
import io.tickformer.kafka.topic.RewindPlan;
import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices about a job that starts again without a savepoint.
 *
 * @param rewind where reading starts
 * @param issued forecasts that were issued before
 * @param topic topic of the forecasts
 * @param spec spec of the model
 */
record ResumeNotices(RewindPlan rewind, ForecastProgress issued, String topic, ForecastSpec spec) {

    /**
     * Returns the notices.
     *
     * @param unlisted number of series with forecasts that are not listed
     */
    List<String> notices(int unlisted) {
        List<String> notices = new ArrayList<>();
        notices.add(
                rewind.records() == 0
                        ? "the job was started before: it continues from its committed offsets"
                        : ("the job was started before: it re-reads %s of its topics, %,d records,"
                                        + " to fill its contexts")
                                .formatted(text(rewind.span()), rewind.records()));
        notices.add(
                issued.newest().isEmpty()
                        ? "the topic %s has no forecasts of this job yet".formatted(topic)
                        : "%,d series continue after their newest forecast in the topic %s"
                                .formatted(issued.newest().size(), topic));
        rewind.held()
                .ifPresent(
                        held ->
                                notices.add(
                                        ("the topics have only %s of history: the contexts start"
                                                        + " with %,d of %,d ticks")
                                                .formatted(
                                                        text(held),
                                                        held.toMillis() / spec.tickMillis(),
                                                        spec.ringTicks())));
        if (unlisted > 0) {
            notices.add(
                    ("the job remembers the newest forecast of at most %,d series: %,d others"
                                    + " continue from the tick that most series have reached")
                            .formatted(ResumePoints.MOST_SERIES, unlisted));
        }
        if (issued.foreign() > 0) {
            notices.add(
                    "%,d records of the topic %s are not forecasts with ticks of %s and are ignored"
                            .formatted(
                                    issued.foreign(),
                                    topic,
                                    text(Duration.ofMillis(spec.tickMillis()))));
        }
        return notices;
    }

    /** Formats a duration in the largest unit of which it has at least two. */
    static String text(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days";
        }
        if (duration.toHours() >= 2) {
            return duration.toHours() + " h";
        }
        if (duration.toMinutes() >= 2) {
            return duration.toMinutes() + " min";
        }
        return duration.toSeconds() >= 1
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }
}
