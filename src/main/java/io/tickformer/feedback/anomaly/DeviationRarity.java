package io.tickformer.feedback.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How rare one kind of deviation is, upwards and downwards apart. A deviation is learned {@value
 * #DELAY} ticks after it came, so the scale that an event is measured on is from before the event.
 */
final class DeviationRarity {
    private static final int DELAY = 30;

    private final TailEstimate upwards = new TailEstimate();
    private final TailEstimate downwards = new TailEstimate();
    private final float[] waiting = new float[DELAY]; // a ring; the oldest is at next
    private int next;
    private int size;
    private double high;
    private double low;

    /**
     * Takes the deviation of the next tick.
     *
     * @param deviation actual less expected value; NaN if one of them is unknown
     */
    void put(double deviation) {
        weigh(deviation);
        if (!Double.isFinite(deviation)) {
            return;
        }
        if (size < DELAY) {
            size++;
        } else {
            upwards.add(Math.max(0, waiting[next]));
            downwards.add(Math.max(0, -waiting[next]));
        }
        waiting[next] = (float) deviation;
        next = (next + 1) % DELAY;
    }

    /** Says how rare a deviation is, without learning it. */
    void weigh(double deviation) {
        high = 0;
        low = 0;
        if (deviation > 0 && Double.isFinite(deviation)) {
            high = upwards.rareness(deviation);
        } else if (Double.isFinite(deviation)) {
            low = downwards.rareness(-deviation);
        }
    }

    /**
     * Replaces a deviation that was put and is not learned yet.
     *
     * @param age how many deviations were put after it, less than {@value #DELAY}
     */
    void replace(int age, double deviation) {
        waiting[Math.floorMod(next - 1 - age, DELAY)] = (float) deviation;
    }

    /** How rare the deviation of the last call is, for a value above the expected one. */
    double high() {
        return high;
    }

    /** How rare it is, for a value below the expected one. */
    double low() {
        return low;
    }

    void writeTo(DataOutput out) throws IOException {
        upwards.writeTo(out);
        downwards.writeTo(out);
        out.writeByte(next);
        out.writeByte(size);
        for (float deviation : waiting) {
            out.writeFloat(deviation);
        }
    }

    void readFrom(DataInput in) throws IOException {
        upwards.readFrom(in);
        downwards.readFrom(in);
        next = in.readUnsignedByte();
        size = in.readUnsignedByte();
        for (int i = 0; i < DELAY; i++) {
            waiting[i] = in.readFloat();
        }
    }

    static int bytes() {
        return 2 * TailEstimate.bytes() + 2 + DELAY * Float.BYTES;
    }
}
