package io.tickformer.synthetic;

import java.util.Arrays;

/**
 * A draw from a Gaussian process with mean 0. The terms of a kernel are drawn separately and
 * summed. The stationary part of a term is a sum of cosines with frequencies from its spectrum. For
 * any number of cosines it has the covariance of the kernel; with more cosines it approaches a
 * normal distribution. Cost: four multiplications per cosine and tick.
 *
 * @param kernel the covariance
 * @param cosines number of cosines of each stationary part
 */
record GaussianProcess(Kernel kernel, int cosines) implements Ingredient {
    static final int COSINES = 48;

    GaussianProcess(Kernel kernel) {
        this(kernel, COSINES);
    }

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] sum = new double[length];
        for (Kernel.Term term : kernel.terms()) {
            double[] part = stationary(term, length, chance);
            for (double centre : term.centres()) {
                for (int i = 0; i < length; i++) {
                    part[i] *= (double) i / length - centre;
                }
            }
            CurveMath.add(sum, 1, part);
        }
        return sum;
    }

    /** A smooth curve with variance 1 that turns about once in two length scales. */
    static double[] slowCurve(int length, double lengthScale, SeriesRandom chance) {
        Kernel smooth = Kernel.of(new Spectrum.Smooth(lengthScale));
        return new GaussianProcess(smooth, COSINES / 3).draw(length, chance);
    }

    private double[] stationary(Kernel.Term term, int length, SeriesRandom chance) {
        double[] sum = new double[length];
        if (term.spectra().isEmpty()) {
            Arrays.fill(sum, chance.normal());
            return sum;
        }
        double amplitude = Math.sqrt(2.0 / cosines);
        for (int k = 0; k < cosines; k++) {
            double frequency = 0;
            for (Spectrum spectrum : term.spectra()) {
                frequency += spectrum.frequency(chance);
            }
            addCosine(sum, amplitude, frequency, chance.between(0, 2 * Math.PI));
        }
        return sum;
    }

    /** Rotates a vector: the next tick is the previous one rotated by the frequency. */
    private static void addCosine(double[] sum, double amplitude, double frequency, double phase) {
        double cosine = Math.cos(frequency);
        double sine = Math.sin(frequency);
        double x = amplitude * Math.cos(phase);
        double y = amplitude * Math.sin(phase);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += x;
            double turned = x * cosine - y * sine;
            y = x * sine + y * cosine;
            x = turned;
        }
    }
}
