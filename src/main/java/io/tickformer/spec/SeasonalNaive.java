package io.tickformer.spec;

import io.tickformer.annotation.Internal;
import java.time.Duration;

/**
 * The seasonal naive baseline: the value one season earlier. For a target further ahead than one
 * season, it uses the latest season that was known when the forecast was issued (Hyndman and
 * Athanasopoulos, Forecasting: Principles and Practice, section 5.2).
 *
 * @param period ticks in a season
 */
@Internal
public record SeasonalNaive(int period) {
    public SeasonalNaive {
        if (period < 1) {
            throw new IllegalArgumentException(
                    "the season is %d ticks; expected at least 1".formatted(period));
        }
    }

    /** A season of one day, or of one tick if the day is not a multiple of the tick. */
    public static SeasonalNaive daily(long tickMillis) {
        long day = Duration.ofDays(1).toMillis();
        boolean divides = tickMillis < day && day % tickMillis == 0;
        return new SeasonalNaive(divides ? Math.toIntExact(day / tickMillis) : 1);
    }

    /** The season of a model: that of its seasonal path, or one day. */
    public static SeasonalNaive of(ForecastSpec spec) {
        return spec.seasonalPath() == null
                ? daily(spec.tickMillis())
                : new SeasonalNaive(spec.seasonalPath().seasonLength());
    }

    /**
     * The tick whose value is the forecast of a target.
     *
     * @param issued tick at which the forecast is issued
     * @param target the forecast tick, later than {@code issued}
     */
    public long sourceOf(long issued, long target) {
        long ahead = target - issued;
        long seasons = (ahead + period - 1) / period;
        return target - seasons * period;
    }
}
