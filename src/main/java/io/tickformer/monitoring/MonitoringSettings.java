package io.tickformer.monitoring;

import java.io.Serializable;
import java.time.Duration;

/**
 * The settings of a job that its advice speaks of.
 *
 * @param topics topics that are read, separated by commas
 * @param timeUnit unit of event times that are numbers
 * @param outOfOrderness how long a forecast waits for readings that come out of order
 * @param idleness a partition without readings for so long is not waited for; zero to wait for ever
 * @param tickLength length of a tick
 * @param forecastFrom which ticks are forecast, as the setting says
 * @param maxSeries series that may have state; 0 for no cap
 * @param deadLetterTopic where dead letters go; empty for nowhere
 * @param lateTopic where readings go that are too late; empty for nowhere
 * @param logInterval how often a subtask logs its numbers; zero for never
 */
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
        Duration logInterval)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** For an operator that runs outside of a job, and logs nothing. */
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
                    Duration.ZERO);
}
