package io.tickformer.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * Days that form weeks. Each weekday has a shape, a level and a height, and each day differs a
 * little from that of the week before.
 *
 * @param dayTicks ticks in a day
 * @param week the days of a week in order
 * @param start position in the week at which the series begins, in ticks
 * @param unevenness standard deviation of the log height between days
 */
record WeeklyPattern(double dayTicks, List<Day> week, double start, double unevenness)
        implements Ingredient {
    private static final int DAYS = 7;

    /** Autocorrelation of the heights of consecutive days. */
    private static final double MEMORY = 0.6;

    WeeklyPattern {
        week = List.copyOf(week);
    }

    /**
     * A day of the week.
     *
     * @param shape profile over the day
     * @param height factor of the shape
     * @param level offset
     */
    record Day(SeasonalCycle shape, double height, double level) {}

    /** A random rhythm with days of this many ticks. */
    static WeeklyPattern random(double dayTicks, SeriesRandom chance) {
        SeasonalCycle working = SeasonalCycle.random(chance);
        SeasonalCycle resting = working.variant(chance.between(0.1, 1.2), chance);
        int restDays = chance.choose(0.15, 0.2, 0.5, 0.15);
        double spread = chance.logBetween(0.01, 0.3);
        double restHeight = chance.between(0.2, 1.1);
        double restLevel = chance.between(-1.2, 0.4);
        List<Day> week = new ArrayList<>();
        for (int i = 0; i < DAYS; i++) {
            boolean rests = i >= DAYS - restDays;
            week.add(
                    new Day(
                            rests ? resting : working,
                            (rests ? restHeight : 1) * Math.exp(spread * chance.normal()),
                            (rests ? restLevel : 0) + spread * chance.normal()));
        }
        return new WeeklyPattern(
                dayTicks,
                week,
                chance.between(0, DAYS * dayTicks),
                chance.happens(0.7) ? chance.logBetween(0.02, 0.5) : 0);
    }

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] curve = new double[length];
        double lastDay = Double.NaN;
        double mood = chance.normal();
        double factor = 1;
        for (int i = 0; i < length; i++) {
            double at = (start + i) / dayTicks;
            double today = Math.floor(at);
            if (today != lastDay) {
                lastDay = today;
                mood = MEMORY * mood + Math.sqrt(1 - MEMORY * MEMORY) * chance.normal();
                factor = Math.exp(unevenness * mood);
            }
            Day day = week.get((int) (today % week.size()));
            curve[i] = day.level() + factor * day.height() * day.shape().at(at);
        }
        return curve;
    }
}
