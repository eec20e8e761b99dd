package io.tickformer.context;

import io.tickformer.annotation.Internal;
import io.tickformer.event.BinaryForm;
import io.tickformer.event.TickAccumulator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A part of a context: the values and weights of C channels at 32 consecutive ticks. Block b holds
 * the ticks n with {@code floorDiv(n, 32) = b}, for every model.
 *
 * <p>The weight, from 0 to {@link TickAccumulator#MAX_WEIGHT}, says how much a value counts when it
 * is merged with another value of the same tick. A value that fills a tick without a reading has
 * weight 0.
 *
 * <p>Mutable and not thread-safe: it lies in keyed state and changes once per tick.
 */
@Internal
public final class ContextBlock {
    /** Number of ticks in a block. */
    static final int TICKS = 32;

    private static final BinaryForm<ContextBlock> FORM =
            new BinaryForm<>("a block of a context", ContextBlock::write, ContextBlock::read1);

    private static final int SAME_WEIGHT = 0;
    private static final int EACH_WEIGHT = 1;

    private final int channels;
    private final double[] values; // C x 32, NaN where missing
    private final char[] weights; // C x 32
    private final int[] observed; // C, bit i for the tick at place i

    /**
     * Makes a block of missing ticks.
     *
     * @param channels C, at least 1
     */
    public ContextBlock(int channels) {
        this.channels = channels;
        this.values = new double[channels * TICKS];
        this.weights = new char[channels * TICKS];
        this.observed = new int[channels];
        Arrays.fill(values, Double.NaN);
    }

    /** The number of the block that holds a tick. */
    static long numberOf(long tick) {
        return Math.floorDiv(tick, TICKS);
    }

    /** The place of a tick in its block. */
    static int placeOf(long tick) {
        return Math.floorMod(tick, TICKS);
    }

    /** The value at a place; NaN where it is missing. */
    double value(int place, int channel) {
        return values[channel * TICKS + place];
    }

    /** The weight at a place; 0 where the value is missing. */
    int weight(int place, int channel) {
        return weights[channel * TICKS + place];
    }

    /** Whether a channel has a value at a place. */
    boolean isObserved(int place, int channel) {
        return (observed[channel] >>> place & 1) == 1;
    }

    /** Whether any channel has a value at a place. */
    boolean isObserved(int place) {
        return (observedByAny() >>> place & 1) == 1;
    }

    /** The places at which a channel has a value: bit i for place i. */
    int observed(int channel) {
        return observed[channel];
    }

    /** The places at which any channel has a value: bit i for place i. */
    int observedByAny() {
        int any = 0;
        for (int ofChannel : observed) {
            any |= ofChannel;
        }
        return any;
    }

    /** Writes the value and the weight of a channel at a place; NaN makes it missing. */
    void put(int place, int channel, double value, int weight) {
        boolean isMissing = Double.isNaN(value);
        values[channel * TICKS + place] = value;
        weights[channel * TICKS + place] = (char) (isMissing ? 0 : weight);
        observed[channel] &= ~(1 << place);
        observed[channel] |= (isMissing ? 0 : 1) << place;
    }

    /** Copies the values of a channel at consecutive places. */
    void copy(int place, int channel, double[] target, int offset, int count) {
        System.arraycopy(values, channel * TICKS + place, target, offset, count);
    }

    /** Returns an independent copy. */
    public ContextBlock copy() {
        ContextBlock copy = new ContextBlock(channels);
        System.arraycopy(values, 0, copy.values, 0, values.length);
        System.arraycopy(weights, 0, copy.weights, 0, weights.length);
        System.arraycopy(observed, 0, copy.observed, 0, observed.length);
        return copy;
    }

    /**
     * Writes the binary form, big-endian: version (byte 1) and C (short, unsigned). Then for each
     * channel: the places that have a value (int, bit i for place i) and, if there are any, their
     * values (double). Then either the byte 0 and the one weight of all of them (short, unsigned),
     * or the byte 1 and the weight of each.
     */
    public void writeTo(DataOutput out) throws IOException {
        FORM.write(this, out);
    }

    /**
     * Reads the binary form.
     *
     * @throws io.tickformer.event.UnknownFormatException if the version is unknown
     * @throws IOException if the bytes end early
     */
    public static ContextBlock readFrom(DataInput in) throws IOException {
        return FORM.read(in);
    }

    private void write(DataOutput out) throws IOException {
        out.writeShort(channels);
        for (int channel = 0; channel < channels; channel++) {
            int places = observed[channel];
            out.writeInt(places);
            if (places == 0) {
                continue;
            }
            for (int rest = places; rest != 0; rest &= rest - 1) {
                out.writeDouble(value(Integer.numberOfTrailingZeros(rest), channel));
            }
            writeWeights(channel, places, out);
        }
    }

    private void writeWeights(int channel, int places, DataOutput out) throws IOException {
        int first = weight(Integer.numberOfTrailingZeros(places), channel);
        boolean isSame = true;
        for (int rest = places; rest != 0; rest &= rest - 1) {
            isSame &= weight(Integer.numberOfTrailingZeros(rest), channel) == first;
        }
        out.writeByte(isSame ? SAME_WEIGHT : EACH_WEIGHT);
        if (isSame) {
            out.writeShort(first);
            return;
        }
        for (int rest = places; rest != 0; rest &= rest - 1) {
            out.writeShort(weight(Integer.numberOfTrailingZeros(rest), channel));
        }
    }

    private static ContextBlock read1(DataInput in) throws IOException {
        ContextBlock block = new ContextBlock(in.readUnsignedShort());
        for (int channel = 0; channel < block.channels; channel++) {
            int places = in.readInt();
            block.observed[channel] = places;
            int start = channel * TICKS;
            for (int rest = places; rest != 0; rest &= rest - 1) {
                block.values[start + Integer.numberOfTrailingZeros(rest)] = in.readDouble();
            }
            boolean isSame = places == 0 || in.readByte() == SAME_WEIGHT;
            char same = isSame && places != 0 ? in.readChar() : 0;
            for (int rest = places; rest != 0; rest &= rest - 1) {
                block.weights[start + Integer.numberOfTrailingZeros(rest)] =
                        isSame ? same : in.readChar();
            }
        }
        return block;
    }
}
