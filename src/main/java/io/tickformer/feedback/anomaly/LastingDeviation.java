package io.tickformer.feedback.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The mean of the newest deviations of a series, over those that are known. */
final class LastingDeviation {
    private static final int TICKS = 16;

    private final float[] ring = new float[TICKS];
    private int next;

    LastingDeviation() {
        Arrays.fill(ring, Float.NaN);
    }

    /**
     * Takes the deviation of the next tick.
     *
     * @param deviation NaN if it is unknown
     * @return the mean; NaN if none is known
     */
    double put(double deviation) {
        ring[next] = (float) deviation;
        next = (next + 1) % TICKS;
        double sum = 0;
        int known = 0;
        for (float one : ring) {
            if (Float.isFinite(one)) {
                sum += one;
                known++;
            }
        }
        return sum / known;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(next);
        for (float deviation : ring) {
            out.writeFloat(deviation);
        }
    }

    void readFrom(DataInput in) throws IOException {
        next = in.readUnsignedByte();
        for (int i = 0; i < TICKS; i++) {
            ring[i] = in.readFloat();
        }
    }

    static int bytes() {
        return 1 + TICKS * Float.BYTES;
    }
}
