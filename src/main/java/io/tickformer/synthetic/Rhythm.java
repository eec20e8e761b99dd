package io.tickformer.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * Days that make weeks: days of the week have a shape, a level and a height of their own, and each
 * day is a little unlike that of the week before.
 *
 * @param dayTicks ticks of a day
 * @param week the days of a week, in turn
 * @param start where in the week the series begins, in ticks
 * @param unevenness standard deviation of the log height from one day to the next
 */
record Rhythm(double dayTicks, List<Day> week, double start, double unevenness)
        implements Ingredient {
    private static final int DAYS = 7;

    /** How alike the heights of two days in turn are. */
    private static final double MEMORY = 0.6;

    Rhythm {
        week = List.copyOf(week);
    }

    /**
     * A day of the week.
     *
     * @param shape its course
     * @param height what the shape is multiplied by
     * @param level what is added
     */
    record Day(Profile shape, double height, double level) {}

    /** A rhythm with days of some ticks and everything else drawn. */
    static Rhythm random(double dayTicks, Chance chance) {
        Profile working = Profile.random(chance);
        Profile resting = working.variant(chance.between(0.1, 1.2), chance);
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
        return new Rhythm(
                dayTicks,
                week,
                chance.between(0, DAYS * dayTicks),
                chance.happens(0.7) ? chance.logBetween(0.02, 0.5) : 0);
    }

    @Override
    public double[] draw(int length, Chance chance) {
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
