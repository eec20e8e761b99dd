package io.tickformer.operator;

import io.tickformer.annotation.Public;
import io.tickformer.forecaster.TickClosingTimes;
import java.io.Serializable;
import java.time.Duration;

/**
 * When a tick is over.
 *
 * @param outOfOrderness by how much the readings of a series may come out of order
 * @param readings number of readings of each channel that complete a tick; 0 if it is not known
 */
@Public
public record TickClosingSettings(Duration outOfOrderness, int readings) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final TickClosingSettings DEFAULT = new TickClosingSettings(Duration.ZERO, 0);

    public TickClosingSettings {
        SettingRequirements.require(
                outOfOrderness != null && !outOfOrderness.isNegative(),
                "outOfOrderness",
                outOfOrderness,
                "zero or more");
        SettingRequirements.require(readings >= 0, "readings", readings, "zero or more");
    }

    /** These rules for ticks of a length. */
    public TickClosingTimes times(long tickMillis) {
        return new TickClosingTimes(tickMillis, outOfOrderness.toMillis(), readings);
    }
}
