package io.tickformer.synthetic;

/**
 * The spectrum of a stationary kernel with variance 1, as a distribution of angular frequencies in
 * radians per tick (Bochner's theorem; A. Rahimi and B. Recht, "Random features for large-scale
 * kernel machines", NIPS 2007). The kernel at lag r is the mean of {@code cos(w r)}.
 */
sealed interface Spectrum {
    /** Draws a frequency. */
    double frequency(SeriesRandom chance);

    /** The kernel. */
    double at(double lag);

    /** {@code exp(-r^2 / 2 l^2)}: smooth. */
    record Smooth(double lengthScale) implements Spectrum {
        @Override
        public double frequency(SeriesRandom chance) {
            return chance.normal() / lengthScale;
        }

        @Override
        public double at(double lag) {
            double r = lag / lengthScale;
            return Math.exp(-0.5 * r * r);
        }
    }

    /**
     * {@code (1 + r^2 / 2 a l^2)^-a}, rational quadratic: smooth on many scales at once. A mixture
     * of smooth kernels whose inverse squared length scale is gamma distributed.
     */
    record Mixed(double lengthScale, double shape) implements Spectrum {
        @Override
        public double frequency(SeriesRandom chance) {
            return chance.normal() * Math.sqrt(chance.gamma(shape) / shape) / lengthScale;
        }

        @Override
        public double at(double lag) {
            double r = lag / lengthScale;
            return Math.pow(1 + 0.5 * r * r / shape, -shape);
        }
    }

    /** {@code exp(-r / l)}, Matern 1/2: rough, as a mean-reverting random walk. */
    record Rough(double lengthScale) implements Spectrum {
        @Override
        public double frequency(SeriesRandom chance) {
            return chance.student(1) / lengthScale;
        }

        @Override
        public double at(double lag) {
            return Math.exp(-Math.abs(lag) / lengthScale);
        }
    }

    /**
     * {@code exp(-2 sin^2(pi r / p) / l^2)}: periodic. The weights of its Fourier series are the
     * distribution of the difference of two Poisson numbers with mean {@code 1 / 2 l^2}, so the
     * harmonic is drawn as such a difference.
     */
    record Periodic(double period, double roughness) implements Spectrum {
        @Override
        public double frequency(SeriesRandom chance) {
            double mean = 0.5 / (roughness * roughness);
            long forwards = chance.poisson(mean);
            long backwards = chance.poisson(mean);
            return 2 * Math.PI * (forwards - backwards) / period;
        }

        @Override
        public double at(double lag) {
            double sine = Math.sin(Math.PI * lag / period) / roughness;
            return Math.exp(-2 * sine * sine);
        }
    }
}
