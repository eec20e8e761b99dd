package io.tickformer.evaluation;

import java.time.Duration;

/**
 * The baseline that a forecast has to beat: what the series was a season ago. Of a target further
 * ahead than one season, it is the latest season that was known when the forecast was issued
 * (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, section 5.2).
 *
 * @param period ticks in a season
 */
public record SeasonalNaive(int period) {
    public SeasonalNaive {
        if (period < 1) {
            throw new IllegalArgumentException(
                    "the season is %d ticks; expected at least 1".formatted(period));
        }
    }

    /** A season of one day, or of one tick where a tick does not divide the day. */
    public static SeasonalNaive daily(long tickMillis) {
        long day = Duration.ofDays(1).toMillis();
        boolean divides = tickMillis < day && day % tickMillis == 0;
        return new SeasonalNaive(divides ? Math.toIntExact(day / tickMillis) : 1);
    }

    /**
     * The tick whose value stands in for the target.
     *
     * @param issued tick at which the forecast was issued
     * @param target tick it speaks of, later than {@code issued}
     */
    public long sourceOf(long issued, long target) {
        long ahead = target - issued;
        long seasons = (ahead + period - 1) / period;
        return target - seasons * period;
    }
}
