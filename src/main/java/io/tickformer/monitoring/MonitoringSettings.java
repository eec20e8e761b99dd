package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a job that its log lines and advice need.
 *
 * @param topics input topics, separated by commas
 * @param timeUnit unit of numeric event times
 * @param outOfOrderness how long a forecast waits for out-of-order readings
 * @param idleness time without readings after which a partition is idle; zero for never
 * @param tickLength length of a tick
 * @param forecastFrom value of forecast.from
 * @param maxSeries most series with state; 0 for no limit
 * @param deadLetterTopic topic of dead letters; empty for none
 * @param lateTopic topic of late readings; empty for none
 * @param logInterval how often a subtask logs its metrics; zero for never
 * @param watchedSeries series that have metrics of their own
 */
@Internal
public record MonitoringSettings(
        String topics,
        String timeUnit,
        Duration outOfOrderness,
        Duration idleness,
        Duration tickLength,
        String forecastFrom,
        int maxSeries,
        String deadLetterTopic,
        String lateTopic,
        Duration logInterval,
        List<String> watchedSeries)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** For an operator outside of a job, which logs nothing. */
    public static final MonitoringSettings NONE =
            new MonitoringSettings(
                    "",
                    "",
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofMillis(1),
                    "",
                    0,
                    "",
                    "",
                    Duration.ZERO,
                    List.of());

    public MonitoringSettings {
        watchedSeries = List.copyOf(watchedSeries);
    }
}
