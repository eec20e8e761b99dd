package io.tickformer.feedback.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The newest expected value, which stands in for {@value #TICKS} ticks after its own. */
final class CarriedExpectation {
    private static final int TICKS = 16;

    private long tick;
    private double value = Double.NaN;

    void put(long newTick, double newValue) {
        tick = newTick;
        value = newValue;
    }

    /** The value for a tick; NaN if the newest one is too old. */
    double at(long asked) {
        return asked - tick <= TICKS ? value : Double.NaN;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(tick);
        out.writeDouble(value);
    }

    void readFrom(DataInput in) throws IOException {
        tick = in.readLong();
        value = in.readDouble();
    }

    static int bytes() {
        return Long.BYTES + Double.BYTES;
    }
}
