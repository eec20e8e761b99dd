package io.tickformer.feedback.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The upper tail of a distribution that is learned value by value: how rare is a value of this size
 * or more?
 *
 * <p><b>Form.</b> Counts in {@value #BINS} logarithmic bins, four an octave, that fade with a
 * half-life of 6,900 values. Values below the bins share the lowest one. Where at least {@value
 * #TAIL_COUNT} values lie above, the probability is the share of values above. Beyond, it follows a
 * power law {@code P(U > u) = P(U > t) (u / t)^-a} from the edge t above which there are that many
 * values (Hill 1975, A Simple General Approach to Inference About the Tail of a Distribution). The
 * exponent a is Hill's estimate from those values, shrunk towards 3 with the weight of four values,
 * because a few values say little. The first value above the lowest bin has no tail to compare
 * with; it is as rare as one in all values.
 *
 * <p><b>Robustness.</b> A value counts as at most two octaves above the largest one so far, so an
 * absurd value does not set the bins. A value that recurs is counted every time, so it soon stops
 * being rare.
 */
final class TailEstimate {
    /** Fewer values say nothing about rareness. */
    private static final int LEAST_VALUES = 30;

    private static final int BINS = 64;
    private static final int PER_OCTAVE = 4;
    private static final double LOG_WIDTH = Math.log(2) / PER_OCTAVE;
    private static final double GROWTH = 1 / 0.9999;
    private static final double LARGEST_UNIT = 1e6;
    private static final double TAIL_COUNT = 5;
    private static final double USUAL_EXPONENT = 3;
    private static final double USUAL_WEIGHT = 4;

    /** A top bin with less than this share of a value is as good as empty. */
    private static final double FADED = 0.01;

    private static final double RAREST = 1e-30;
    private static final int UNKNOWN = Integer.MIN_VALUE;

    /** Counts in units of {@link #unit}: the counts fade because the unit grows. */
    private final float[] counts = new float[BINS];

    private double unit = 1;
    private double total;

    /** Bin 0 begins at {@code 2^(lowest / PER_OCTAVE)}; unknown before the first positive value. */
    private int lowest = UNKNOWN;

    /**
     * How rare a value is, as {@code -log10 P(U >= u)}; 0 while too few values are known.
     *
     * @param value at least 0
     */
    double rareness(double value) {
        double known = total / unit;
        if (known < LEAST_VALUES || value <= 0) {
            return 0;
        }
        double place = lowest == UNKNOWN ? BINS : Math.max(0, octaves(value) - lowest);
        double above = 0;
        int edge = BINS;
        double logs = 0; // sum over the values above the edge of their distance from it, in bins
        while (edge > 1 && above < TAIL_COUNT * unit) {
            edge--;
            logs += above + counts[edge] / 2;
            above += counts[edge];
        }
        double count = above / unit;
        double probability = above(place) / known;
        if (count < FADED) {
            probability = Math.max(probability, 1 / known);
        } else if (place > edge) {
            double exponent =
                    (count + USUAL_WEIGHT)
                            / (logs / unit * LOG_WIDTH + USUAL_WEIGHT / USUAL_EXPONENT);
            double tail = count / known * Math.exp(-exponent * (place - edge) * LOG_WIDTH);
            probability = Math.max(probability, tail);
        }
        return -Math.log10(Math.min(1, Math.max(probability, RAREST)));
    }

    /** Values above a place in the bins, each bin taken as evenly filled. */
    private double above(double place) {
        if (place >= BINS) {
            return 0;
        }
        int bin = (int) place;
        double above = counts[bin] * (bin + 1 - place);
        for (int i = bin + 1; i < BINS; i++) {
            above += counts[i];
        }
        return above / unit;
    }

    /**
     * Learns a value.
     *
     * @param value at least 0
     */
    void add(double value) {
        unit *= GROWTH;
        total += unit;
        if (unit > LARGEST_UNIT) {
            rescale();
        }
        if (value <= 0) {
            counts[0] += (float) unit;
            return;
        }
        int octaves = (int) Math.floor(octaves(value));
        if (lowest == UNKNOWN) {
            lowest = octaves - BINS / 2;
        }
        int top = BINS - 1;
        while (top > 0 && counts[top] < FADED * unit) {
            top--;
        }
        int bin = octaves - lowest;
        if (top > 0) {
            bin = Math.min(bin, top + 2 * PER_OCTAVE);
        }
        if (bin >= BINS) {
            raise(bin - BINS + 1);
            bin = BINS - 1;
        }
        counts[Math.max(0, bin)] += (float) unit;
    }

    private static double octaves(double value) {
        return Math.log(value) / LOG_WIDTH;
    }

    /** Moves the bins up; what falls out below joins the lowest bin. */
    private void raise(int bins) {
        lowest += bins;
        float below = 0;
        for (int i = 0; i < BINS; i++) {
            float count = counts[i];
            counts[i] = 0;
            if (i <= bins) {
                below += count;
            } else {
                counts[i - bins] = count;
            }
        }
        counts[0] += below;
    }

    private void rescale() {
        for (int i = 0; i < BINS; i++) {
            counts[i] = (float) (counts[i] / unit);
        }
        total /= unit;
        unit = 1;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(lowest);
        out.writeDouble(unit);
        out.writeDouble(total);
        for (float count : counts) {
            out.writeFloat(count);
        }
    }

    void readFrom(DataInput in) throws IOException {
        lowest = in.readInt();
        unit = in.readDouble();
        total = in.readDouble();
        for (int i = 0; i < BINS; i++) {
            counts[i] = in.readFloat();
        }
    }

    static int bytes() {
        return Integer.BYTES + 2 * Double.BYTES + BINS * Float.BYTES;
    }
}
