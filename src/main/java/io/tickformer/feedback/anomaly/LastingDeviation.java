package io.tickformer.feedback.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The mean of {@value #TICKS} consecutive deviations of a series, over those that are known. Holds
 * a few more, for the means of recent ticks.
 */
final class LastingDeviation {
    private static final int TICKS = 16;
    private static final int HELD = TICKS + RecentExpectations.TICKS - 1;

    private final float[] ring = new float[HELD];
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
        next = (next + 1) % HELD;
        return mean(0);
    }

    /**
     * The mean that ends with a recent tick; NaN if none is known.
     *
     * @param age how many deviations were put after it, less than {@link RecentExpectations#TICKS}
     */
    double mean(int age) {
        return mean(age, TICKS, 0, 0);
    }

    /**
     * The mean that ends with a deviation that was not put; NaN if it is unknown.
     *
     * @param age how many deviations were put after it
     */
    double meanWith(int age, double deviation) {
        return Double.isFinite(deviation) ? mean(age, TICKS - 1, (float) deviation, 1) : Double.NaN;
    }

    private double mean(int age, int ticks, double more, int moreKnown) {
        double sum = more;
        int known = moreKnown;
        // The oldest first.
        int at = slot(age + ticks - 1);
        for (int i = 0; i < ticks; i++) {
            float one = ring[at];
            at = at == HELD - 1 ? 0 : at + 1;
            if (Float.isFinite(one)) {
                sum += one;
                known++;
            }
        }
        return sum / known;
    }

    /**
     * Replaces a deviation.
     *
     * @param age how many deviations were put after it, less than {@link RecentExpectations#TICKS}
     */
    void replace(int age, double deviation) {
        ring[slot(age)] = (float) deviation;
    }

    private int slot(int age) {
        return Math.floorMod(next - 1 - age, HELD);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(next);
        for (float deviation : ring) {
            out.writeFloat(deviation);
        }
    }

    void readFrom(DataInput in) throws IOException {
        next = in.readUnsignedByte();
        for (int i = 0; i < HELD; i++) {
            ring[i] = in.readFloat();
        }
    }

    static int bytes() {
        return 1 + HELD * Float.BYTES;
    }
}
