package io.tickformer.feedback.anomaly;

import io.tickformer.annotation.Internal;
import java.io.Serializable;

/**
 * What counts as an anomaly.
 *
 * @param falseAlarmTicks ticks between two false alarms of a series, on average, at least 10; sets
 *     the threshold
 * @param side the deviations that count
 * @param count an event begins when this many of the newest {@code duration} ticks reach the
 *     threshold
 * @param duration from {@code count} to 64
 * @param distance for this many ticks after an alarm there is no other alarm, unless the score is
 *     much higher than at the alarm
 */
@Internal
public record AnomalySettings(
        int falseAlarmTicks, AnomalySide side, int count, int duration, int distance)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Both sides, one tick suffices, and about one false alarm in 1,000 ticks. */
    public static final AnomalySettings DEFAULT =
            new AnomalySettings(1_000, AnomalySide.BOTH, 1, 1, 100);

    public AnomalySettings {
        require(falseAlarmTicks >= 10, "falseAlarmTicks", falseAlarmTicks, "at least 10");
        require(count >= 1, "count", count, "at least 1");
        require(
                duration >= count && duration <= Long.SIZE,
                "duration",
                duration,
                "%d (the count) to %d".formatted(count, Long.SIZE));
        require(distance >= 0, "distance", distance, "0 or more");
    }

    private static void require(boolean holds, String name, int value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is %d; expected %s".formatted(name, value, expected));
        }
    }
}
