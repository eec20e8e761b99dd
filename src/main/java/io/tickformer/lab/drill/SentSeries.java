package io.tickformer.lab.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sent readings and the true values of a series.
 *
 * @param sent one reading per tick; NaN if none is sent
 * @param values true values, which forecasts are compared with; at least as long
 */
record SentSeries(double[] sent, double[] values) {

    /** A series that is sent without a fault, up to but excluding a tick. */
    static SentSeries of(double[] values, int end) {
        return new SentSeries(Arrays.copyOf(values, end), values);
    }

    /** Ticks with a reading from the given one on. Each is due a forecast. */
    List<Integer> readingsFrom(int tick) {
        List<Integer> ticks = new ArrayList<>();
        for (int i = tick; i < sent.length; i++) {
            if (!Double.isNaN(sent[i])) {
                ticks.add(i);
            }
        }
        return ticks;
    }

    /** The true value at a tick; NaN if unknown. */
    double truth(int tick) {
        return tick < values.length ? values[tick] : Double.NaN;
    }

    /** The naive forecast at a tick: the last reading up to it; NaN if there is none. */
    double naive(int tick) {
        for (int i = Math.min(tick, sent.length - 1); i >= 0; i--) {
            if (!Double.isNaN(sent[i])) {
                return sent[i];
            }
        }
        return Double.NaN;
    }
}
