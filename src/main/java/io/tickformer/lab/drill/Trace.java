package io.tickformer.lab.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is sent of a series and what it really did.
 *
 * @param sent one reading a tick; NaN where none is sent
 * @param values what forecasts are held to; as long or longer
 */
record Trace(double[] sent, double[] values) {

    /** A series that is sent as it is, up to a tick that is not sent any more. */
    static Trace of(double[] values, int end) {
        return new Trace(Arrays.copyOf(values, end), values);
    }

    /** Ticks from the given one on for which a reading is sent. Each is due a forecast. */
    List<Integer> readingsFrom(int tick) {
        List<Integer> ticks = new ArrayList<>();
        for (int i = tick; i < sent.length; i++) {
            if (!Double.isNaN(sent[i])) {
                ticks.add(i);
            }
        }
        return ticks;
    }

    /** What the series did at a tick; NaN where nobody knows. */
    double truth(int tick) {
        return tick < values.length ? values[tick] : Double.NaN;
    }

    /** What naive forecasts after a tick: the last reading up to it; NaN if there is none. */
    double naive(int tick) {
        for (int i = Math.min(tick, sent.length - 1); i >= 0; i--) {
            if (!Double.isNaN(sent[i])) {
                return sent[i];
            }
        }
        return Double.NaN;
    }
}
