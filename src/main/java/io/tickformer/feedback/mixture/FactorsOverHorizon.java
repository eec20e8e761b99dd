package io.tickformer.feedback.mixture;

import java.util.Arrays;

/**
 * Factors by which forecasts are mixed, as a path over the horizon: given at the scored steps,
 * linear between them. The caller sets the factors of all scored steps, then walks from step 1 to
 * the last.
 */
final class FactorsOverHorizon {
    // Places of the factors of a step, after the weights of the K forecasters.

    /** Factor of the model's spread, where it stands in for that of simple forecasters. */
    static final int SPREAD = MixedForecasters.COUNT;

    /** How far a forecaster may lie from the weightiest one. */
    static final int REACH = SPREAD + 1;

    /** Q places: the spread of the simple forecasters at each level, weighted. */
    static final int OWN = REACH + 1;

    private final int[] steps; // S, the first is 1
    private final double[][] given; // S x (K + 2 + Q)
    private final double[] now; // K + 2 + Q
    private final double[] change; // K + 2 + Q, per step
    private int next;

    /**
     * @param steps S scored steps, ascending from 1
     */
    FactorsOverHorizon(int[] steps, int levels) {
        this.steps = steps;
        this.given = new double[steps.length][OWN + levels];
        this.now = new double[OWN + levels];
        this.change = new double[OWN + levels];
    }

    /** The factors of a scored step, to be set. They are zeros. */
    double[] cleared(int position) {
        Arrays.fill(given[position], 0);
        return given[position];
    }

    /** Goes back to the beginning. */
    void begin() {
        next = 0;
        Arrays.fill(change, 0);
    }

    /** The factors of the next step. */
    double[] step(int step) {
        if (next < steps.length && step == steps[next]) {
            double[] here = given[next];
            System.arraycopy(here, 0, now, 0, now.length);
            next++;
            if (next < steps.length) {
                double[] there = given[next];
                int length = steps[next] - step;
                for (int i = 0; i < now.length; i++) {
                    change[i] = (there[i] - here[i]) / length;
                }
            }
        } else {
            for (int i = 0; i < now.length; i++) {
                now[i] += change[i];
            }
        }
        return now;
    }
}
