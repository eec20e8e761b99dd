package io.tickformer.synthetic;

/** A change of a generated series, in place. */
sealed interface Distortion {
    /** Changes a curve of finite values; the result is finite. */
    void apply(double[] curve, SeriesRandom chance);

    /**
     * The exponential of the series: positive, with peaks that are higher than the valleys are low.
     *
     * @param strength standard deviation of the logarithm
     */
    record Exponential(double strength) implements Distortion {
        private static final double FURTHEST = 5;

        @Override
        public void apply(double[] curve, SeriesRandom chance) {
            CurveMath.standardise(curve);
            for (int i = 0; i < curve.length; i++) {
                double bounded = Math.max(-FURTHEST, Math.min(FURTHEST, curve[i]));
                curve[i] = Math.exp(strength * bounded);
            }
        }
    }

    /**
     * A floor and a ceiling.
     *
     * @param floor in standard deviations from the mean
     * @param ceiling above the floor
     * @param hard whether values are clipped; otherwise they are bent smoothly
     */
    record Saturation(double floor, double ceiling, boolean hard) implements Distortion {
        @Override
        public void apply(double[] curve, SeriesRandom chance) {
            CurveMath.standardise(curve);
            double middle = (floor + ceiling) / 2;
            double half = (ceiling - floor) / 2;
            for (int i = 0; i < curve.length; i++) {
                curve[i] =
                        hard
                                ? Math.max(floor, Math.min(ceiling, curve[i]))
                                : middle + half * Math.tanh((curve[i] - middle) / half);
            }
        }
    }

    /**
     * The limited resolution of an instrument.
     *
     * @param step in standard deviations
     */
    record Rounding(double step) implements Distortion {
        @Override
        public void apply(double[] curve, SeriesRandom chance) {
            CurveMath.standardise(curve);
            for (int i = 0; i < curve.length; i++) {
                curve[i] = step * Math.rint(curve[i] / step);
            }
        }
    }

    /**
     * Runs of constant values: a stuck instrument or an idle machine.
     *
     * @param runs mean number of runs
     * @param longest length of the longest run in ticks, at least 1
     * @param still whether it is an idle machine, at its lowest value
     */
    record Standstill(double runs, int longest, boolean still) implements Distortion {
        @Override
        public void apply(double[] curve, SeriesRandom chance) {
            double lowest = Double.POSITIVE_INFINITY;
            for (double value : curve) {
                lowest = Math.min(lowest, value);
            }
            long count = chance.poisson(runs);
            for (long run = 0; run < count; run++) {
                int from = chance.integer(0, curve.length - 1);
                int end = Math.min(curve.length, from + chance.integer(1, longest));
                double level = still ? lowest : curve[from];
                for (int i = from; i < end; i++) {
                    curve[i] = level;
                }
            }
        }
    }
}
