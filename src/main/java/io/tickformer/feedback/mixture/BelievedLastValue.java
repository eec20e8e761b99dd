package io.tickformer.feedback.mixture;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last value of a series, unless it lies absurdly far from the one before: then the one before.
 * A second such value in a row is believed, because it is another level.
 */
final class BelievedLastValue {
    /** A last value so many usual errors away from the one before is doubted. */
    private static final double DOUBT_UNITS = 15;

    private double value = Double.NaN;
    private boolean isDoubting;

    /**
     * Takes the last value, and returns the one to forecast from.
     *
     * @param last finite
     * @param unit the usual error of the next step; 0 if unknown, then every value is believed
     */
    double believed(double last, double unit) {
        boolean isDoubtful = unit > 0 && !isDoubting && Math.abs(last - value) > DOUBT_UNITS * unit;
        isDoubting = isDoubtful;
        if (!isDoubtful) {
            value = last;
        }
        return value;
    }

    /** Size of the binary form. */
    static int bytes() {
        return Double.BYTES + 1;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(value);
        out.writeBoolean(isDoubting);
    }

    void readFrom(DataInput in) throws IOException {
        value = in.readDouble();
        isDoubting = in.readBoolean();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BelievedLastValue that
                && Double.compare(value, that.value) == 0
                && isDoubting == that.isDoubting;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value);
    }
}
