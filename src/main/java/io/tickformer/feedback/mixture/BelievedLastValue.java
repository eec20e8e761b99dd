package io.tickformer.feedback.mixture;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last value of a series, unless it lies absurdly far from the one before: then the one of both
 * that is nearer to what the model forecasts. So a spike is not repeated, and neither is a burst of
 * absurd values once it is over. A second doubtful value in a row is believed, because it is
 * another level.
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
     * @param model the model's forecast of the next step; NaN if there is none
     */
    double believed(double last, double unit, double model) {
        boolean isJump = unit > 0 && Math.abs(last - value) > DOUBT_UNITS * unit;
        boolean isLikely = Math.abs(last - model) < Math.abs(value - model);
        isDoubting = isJump && !isLikely && !isDoubting;
        if (!isDoubting) {
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
