package io.tickformer.job;

import io.tickformer.kafka.issued.IssuedForecasts;
import io.tickformer.kafka.topic.RewindPlan;
import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how a job goes on that starts again without a savepoint.
 *
 * @param rewind from where it reads
 * @param issued what it has forecast
 * @param topic of the forecasts
 * @param spec of the model
 */
record RestartNotices(RewindPlan rewind, IssuedForecasts issued, String topic, ForecastSpec spec) {

    /**
     * The lines.
     *
     * @param unlisted series with forecasts that are too many to be told from others
     */
    List<String> notices(int unlisted) {
        List<String> notices = new ArrayList<>();
        notices.add(
                rewind.records() == 0
                        ? "the job was started before: it goes on from its committed offsets"
                        : ("the job was started before: it reads back %s of its topics, %,d records,"
                                        + " to fill its contexts")
                                .formatted(text(rewind.span()), rewind.records()));
        notices.add(
                issued.newest().isEmpty()
                        ? "the topic %s holds no forecast of it; the job begins to forecast"
                                .formatted(topic)
                        : "%,d series go on after their newest forecast in the topic %s"
                                .formatted(issued.newest().size(), topic));
        rewind.held()
                .ifPresent(
                        held ->
                                notices.add(
                                        ("the topics hold no more than %s of the past: contexts"
                                                        + " begin with %,d of %,d ticks")
                                                .formatted(
                                                        text(held),
                                                        held.toMillis() / spec.tickMillis(),
                                                        spec.ringTicks())));
        if (unlisted > 0) {
            notices.add(
                    ("the job lists %,d series at most: %,d go on from the tick that most series"
                                    + " have come to")
                            .formatted(ResumePoints.MOST_SERIES, unlisted));
        }
        if (issued.foreign() > 0) {
            notices.add(
                    "%,d records of the topic %s are no forecasts of ticks of %s and do not count"
                            .formatted(
                                    issued.foreign(),
                                    topic,
                                    text(Duration.ofMillis(spec.tickMillis()))));
        }
        return notices;
    }

    /** A length of time in the largest unit that it has two of. */
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
