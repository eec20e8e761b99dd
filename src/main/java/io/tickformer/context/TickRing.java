package io.tickformer.context;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The values of C channels at T ticks in a row, and how many of them are observed. Tick n sits at
 * position {@code n mod T}, so that a tick takes the place of the one T before it. A missing value
 * is NaN, which no observed one can be. A value comes from readings, or it fills an empty tick.
 */
final class TickRing {
    private final int length;
    private final int channels;
    private final double[] values; // T x C
    private final boolean[] filled; // T x C
    private final int[] observedOf; // C
    private int observedTicks;

    /** A ring of missing ticks. */
    TickRing(int length, int channels) {
        this.length = length;
        this.channels = channels;
        this.values = new double[Math.multiplyExact(length, channels)];
        this.filled = new boolean[values.length];
        this.observedOf = new int[channels];
        clear();
    }

    /** Makes all ticks missing. */
    void clear() {
        Arrays.fill(values, Double.NaN);
        Arrays.fill(filled, false);
        Arrays.fill(observedOf, 0);
        observedTicks = 0;
    }

    /** Makes a tick missing. */
    void clear(long tick) {
        int position = position(tick);
        observedTicks -= isObserved(tick) ? 1 : 0;
        for (int channel = 0; channel < channels; channel++) {
            observedOf[channel] -= Double.isNaN(values[position + channel]) ? 0 : 1;
            values[position + channel] = Double.NaN;
            filled[position + channel] = false;
        }
    }

    /**
     * Writes those values of a tick that are not missing, bounded as contexts bound them; what is
     * there in other channels stays.
     */
    void put(long tick, double[] ofChannels) {
        int position = position(tick);
        boolean wasObserved = isObserved(tick);
        for (int channel = 0; channel < channels; channel++) {
            if (!Double.isNaN(ofChannels[channel])) {
                observedOf[channel] += Double.isNaN(values[position + channel]) ? 1 : 0;
                values[position + channel] = bounded(ofChannels[channel]);
                filled[position + channel] = false;
            }
        }
        observedTicks += !wasObserved && isObserved(tick) ? 1 : 0;
    }

    /** Fills a channel of an empty tick, with NaN where it is missing. */
    void fill(long tick, int channel, double value) {
        int place = position(tick) + channel;
        boolean wasObserved = isObserved(tick);
        observedOf[channel] +=
                (Double.isNaN(value) ? 0 : 1) - (Double.isNaN(values[place]) ? 0 : 1);
        values[place] = value;
        filled[place] = !Double.isNaN(value);
        observedTicks += (isObserved(tick) ? 1 : 0) - (wasObserved ? 1 : 0);
    }

    /** Whether the value of a channel at a tick comes from readings. */
    boolean isReading(long tick, int channel) {
        int place = position(tick) + channel;
        return !Double.isNaN(values[place]) && !filled[place];
    }

    private static double bounded(double value) {
        double largest = SeriesContext.LARGEST_MAGNITUDE;
        return Math.max(-largest, Math.min(largest, value));
    }

    /** The value of a channel at a tick; NaN where it is missing. */
    double at(long tick, int channel) {
        return values[position(tick) + channel];
    }

    /** Copies values of a channel at ticks in a row. */
    void copy(long first, int channel, double[] target) {
        int start = Math.floorMod(first, length);
        int beforeWrap = Math.min(target.length, length - start);
        copyRun(start, channel, target, 0, beforeWrap);
        copyRun(0, channel, target, beforeWrap, target.length);
    }

    private void copyRun(int place, int channel, double[] target, int from, int end) {
        if (channels == 1) {
            System.arraycopy(values, place, target, from, end - from);
            return;
        }
        for (int i = from; i < end; i++) {
            target[i] = values[(place + i - from) * channels + channel];
        }
    }

    /** Whether any channel is observed at a tick. */
    boolean isObserved(long tick) {
        int position = position(tick);
        for (int channel = 0; channel < channels; channel++) {
            if (!Double.isNaN(values[position + channel])) {
                return true;
            }
        }
        return false;
    }

    /** Ticks at which any channel is observed. */
    int observedTicks() {
        return observedTicks;
    }

    /** Ticks at which a channel is observed. */
    int observedTicks(int channel) {
        return observedOf[channel];
    }

    /** Takes over the values of another ring of the same size. */
    void set(TickRing other) {
        System.arraycopy(other.values, 0, values, 0, values.length);
        System.arraycopy(other.filled, 0, filled, 0, filled.length);
        System.arraycopy(other.observedOf, 0, observedOf, 0, channels);
        observedTicks = other.observedTicks;
    }

    /**
     * Writes the values at ticks in a row: big-endian, those of a tick side by side.
     *
     * @param count how many ticks, at most T
     */
    void writeTo(DataOutput out, long first, int count) throws IOException {
        int start = position(first);
        int end = start + count * channels;
        writeRun(out, start, Math.min(end, values.length));
        writeRun(out, 0, end - values.length);
    }

    private void writeRun(DataOutput out, int from, int end) throws IOException {
        for (int i = from; i < end; i++) {
            out.writeDouble(values[i]);
        }
    }

    /** Reads into a ring of missing ticks what {@link #writeTo} wrote. */
    void readFrom(DataInput in, long first, int count) throws IOException {
        int start = position(first);
        int end = start + count * channels;
        readRun(in, start, Math.min(end, values.length));
        readRun(in, 0, end - values.length);
        for (int channel = 0; channel < channels; channel++) {
            observedOf[channel] = observed(channel);
        }
        observedTicks = channels == 1 ? observedOf[0] : observed();
    }

    /** Writes which values at ticks in a row fill empty ticks, a byte each. */
    void writeFilled(DataOutput out, long first, int count) throws IOException {
        for (long tick = first; tick < first + count; tick++) {
            for (int channel = 0; channel < channels; channel++) {
                out.writeBoolean(filled[position(tick) + channel]);
            }
        }
    }

    /** Reads what {@link #writeFilled} wrote. */
    void readFilled(DataInput in, long first, int count) throws IOException {
        for (long tick = first; tick < first + count; tick++) {
            for (int channel = 0; channel < channels; channel++) {
                filled[position(tick) + channel] = in.readBoolean();
            }
        }
    }

    /** A state backend on disk comes here at every tick: no value looks up its place. */
    private void readRun(DataInput in, int from, int end) throws IOException {
        for (int i = from; i < end; i++) {
            double value = in.readDouble();
            boolean isUsual = Math.abs(value) <= SeriesContext.LARGEST_MAGNITUDE;
            values[i] = isUsual ? value : bounded(value);
        }
    }

    /** Counts the ticks at which a channel is observed. */
    private int observed(int channel) {
        int count = 0;
        for (int i = channel; i < values.length; i += channels) {
            count += Double.isNaN(values[i]) ? 0 : 1;
        }
        return count;
    }

    /** Counts the ticks at which any channel is observed. */
    private int observed() {
        int count = 0;
        for (int place = 0; place < length; place++) {
            count += isObserved(place) ? 1 : 0;
        }
        return count;
    }

    private int position(long tick) {
        return Math.floorMod(tick, length) * channels;
    }
}
