package io.tickformer.synthetic;

import java.util.Arrays;

/**
 * One cycle of a season with mean 0 and standard deviation 1.
 *
 * @param points values at equal distances over the cycle; owned by the record
 */
record SeasonalCycle(double[] points) {
    private static final int POINTS = 256;
    private static final int MOST_HARMONICS = 7;

    /** The linearly interpolated value at a phase in cycles. */
    double at(double phase) {
        double position = (phase - Math.floor(phase)) * points.length;
        int before = Math.min((int) position, points.length - 1);
        int after = before + 1 == points.length ? 0 : before + 1;
        double share = position - before;
        return points[before] + share * (points[after] - points[before]);
    }

    /** A random shape. */
    static SeasonalCycle random(SeriesRandom chance) {
        double[] points =
                switch (chance.choose(0.15, 0.35, 0.25, 0.15, 0.1)) {
                    case 0 -> harmonics(1, 0, chance);
                    case 1 ->
                            harmonics(
                                    chance.integer(2, MOST_HARMONICS),
                                    chance.between(0.5, 2),
                                    chance);
                    case 2 -> bumps(chance);
                    case 3 -> plateaus(chance);
                    default -> sawtooth(chance);
                };
        return new SeasonalCycle(CurveMath.standardise(points));
    }

    /** A variant of this shape with features of another one: a weekend next to a weekday. */
    SeasonalCycle variant(double share, SeriesRandom chance) {
        double[] mixed = points.clone();
        CurveMath.add(mixed, share, random(chance).points);
        return new SeasonalCycle(CurveMath.standardise(mixed));
    }

    /** Harmonics whose amplitudes follow a power law. */
    private static double[] harmonics(int count, double fall, SeriesRandom chance) {
        double[] points = new double[POINTS];
        for (int k = 1; k <= count; k++) {
            double amplitude = (k == 1 ? 1 : chance.normal()) * Math.pow(k, -fall);
            double phase = chance.uniform();
            for (int i = 0; i < POINTS; i++) {
                points[i] += amplitude * Math.cos(2 * Math.PI * (k * (double) i / POINTS + phase));
            }
        }
        return points;
    }

    /** A few peaks, such as rush hours or meals. */
    private static double[] bumps(SeriesRandom chance) {
        double[] points = new double[POINTS];
        int count = chance.integer(1, 4);
        for (int k = 0; k < count; k++) {
            double centre = chance.uniform();
            double sharpness = chance.logBetween(1, 60);
            double height = k == 0 ? 1 : chance.between(-0.6, 1);
            for (int i = 0; i < POINTS; i++) {
                double angle = 2 * Math.PI * ((double) i / POINTS - centre);
                points[i] += height * Math.exp(sharpness * (Math.cos(angle) - 1));
            }
        }
        return points;
    }

    /** On and off, with edges of random steepness. */
    private static double[] plateaus(SeriesRandom chance) {
        double[] points = new double[POINTS];
        int count = chance.integer(1, 2);
        for (int k = 0; k < count; k++) {
            double centre = chance.uniform();
            double halfWidth = chance.between(0.03, 0.35);
            double steepness = chance.logBetween(10, 300);
            double height = k == 0 ? 1 : chance.between(-1, 1);
            for (int i = 0; i < POINTS; i++) {
                double away = Math.abs((double) i / POINTS - centre);
                double distance = Math.min(away, 1 - away);
                points[i] += height * 0.5 * (1 + Math.tanh(steepness * (halfWidth - distance)));
            }
        }
        return points;
    }

    /** A slow rise and a fast fall, or the reverse. */
    private static double[] sawtooth(SeriesRandom chance) {
        double[] points = new double[POINTS];
        double peak = chance.between(0.03, 0.97);
        double start = chance.uniform();
        for (int i = 0; i < POINTS; i++) {
            double phase = (double) i / POINTS + start;
            phase -= Math.floor(phase);
            points[i] = phase < peak ? phase / peak : (1 - phase) / (1 - peak);
        }
        return points;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeasonalCycle that && Arrays.equals(points, that.points);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(points);
    }
}
