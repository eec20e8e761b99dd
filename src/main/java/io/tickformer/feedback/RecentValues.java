package io.tickformer.feedback;

import io.tickformer.feedback.issued.IssuedForecasts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The values of the newest ticks, which a revision replaces; NaN where a tick is missing. */
final class RecentValues {
    private final double[] values = new double[IssuedForecasts.REVISED_TICKS + 1];

    RecentValues() {
        clear();
    }

    void clear() {
        Arrays.fill(values, Double.NaN);
    }

    double at(long tick) {
        return values[Math.floorMod(tick, values.length)];
    }

    void put(long tick, double value) {
        values[Math.floorMod(tick, values.length)] = value;
    }

    int bytes() {
        return values.length * Double.BYTES;
    }

    void writeTo(DataOutput out) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    void readFrom(DataInput in) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
    }
}
