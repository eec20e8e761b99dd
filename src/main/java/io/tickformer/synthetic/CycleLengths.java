package io.tickformer.synthetic;

/**
 * The cycles of a series in ticks.
 *
 * @param first the main cycle: a day on a grid finer than a day
 * @param second a longer cycle, such as the week
 */
record CycleLengths(double first, double second) {
    private static final int DAYS_A_WEEK = 7;

    /** Ticks of a day: ticks of 1 h, 30 min, 15 min, 10 min, 5 min, 1 min, 2 h, 3 h, 6 h. */
    private static final double[] DAYS = {24, 48, 96, 144, 288, 1440, 12, 8, 4};

    private static final double[] DAYS_OFTEN = {40, 14, 16, 8, 12, 4, 3, 2, 1};

    /** Month, quarter and year of daily, weekly, monthly and quarterly ticks, hours of minutes. */
    private static final double[] OTHERS = {7, 12, 4, 30.44, 52.18, 365.25, 60, 20, 30};

    private static final double[] OTHERS_OFTEN = {30, 15, 4, 8, 8, 5, 15, 7, 8};

    private static final double SHORTEST = 3;
    private static final double LONGEST = 500;

    static CycleLengths random(SeriesRandom chance) {
        return switch (chance.choose(0.62, 0.18, 0.2)) {
            case 0 -> ofDay(DAYS[chance.choose(DAYS_OFTEN)], chance);
            case 1 -> {
                double first = OTHERS[chance.choose(OTHERS_OFTEN)];
                yield new CycleLengths(first, first * chance.logBetween(2, 30));
            }
            default -> {
                double first = chance.logBetween(SHORTEST, LONGEST);
                // Calendar cycles are whole numbers of ticks, natural cycles are not.
                first = chance.happens(0.5) ? Math.rint(first) : first;
                yield new CycleLengths(first, first * chance.logBetween(1.3, 12));
            }
        };
    }

    private static CycleLengths ofDay(double day, SeriesRandom chance) {
        return switch (chance.choose(0.65, 0.15, 0.2)) {
            case 0 -> new CycleLengths(day, DAYS_A_WEEK * day);
            case 1 -> new CycleLengths(day, day / 2);
            default -> new CycleLengths(day, day * chance.logBetween(1.5, 40));
        };
    }
}
