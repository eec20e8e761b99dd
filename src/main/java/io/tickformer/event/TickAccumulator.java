package io.tickformer.event;

import io.tickformer.annotation.Internal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Aggregates the observations of one tick, for one channel (a single series) or several. Serving
 * and training both use it. So a tick has the same value in both, bit for bit if the observations
 * arrive in the same order.
 *
 * <p>For each channel it keeps what every {@link TickAggregate} needs, so its binary form does not
 * depend on the aggregate. Mutable and not thread-safe: it changes once per observation.
 */
@Internal
public final class TickAccumulator {
    /** The largest weight; larger ones are reduced to it. */
    public static final int MAX_WEIGHT = 0xFFFF;

    private static final BinaryForm<TickAccumulator> FORM =
            new BinaryForm<>("an open tick", TickAccumulator::write, TickAccumulator::read1);

    private final Gathered[] channels;

    /**
     * Makes an accumulator without observations.
     *
     * @param channels number of channels, at least 1
     */
    public TickAccumulator(int channels) {
        if (channels < 1) {
            throw new IllegalArgumentException(
                    "a tick of %d channels; expected at least 1".formatted(channels));
        }
        this.channels = new Gathered[channels];
        for (int channel = 0; channel < channels; channel++) {
            this.channels[channel] = new Gathered();
        }
    }

    /**
     * Makes an accumulator with one observation for each channel that has a value.
     *
     * @param values NaN for a channel without an observation
     */
    public static TickAccumulator of(long eventTimeMillis, double... values) {
        TickAccumulator accumulator = new TickAccumulator(values.length);
        for (int channel = 0; channel < values.length; channel++) {
            if (!Double.isNaN(values[channel])) {
                accumulator.add(channel, eventTimeMillis, values[channel]);
            }
        }
        return accumulator;
    }

    /** The number of channels. */
    public int channels() {
        return channels.length;
    }

    /** Adds one observation of a channel; the value must be finite. */
    public void add(int channel, long eventTimeMillis, double value) {
        channels[channel].add(eventTimeMillis, value);
    }

    /**
     * Adds the observations of another accumulator, as if they had arrived after those of this one.
     *
     * @throws IllegalArgumentException if the numbers of channels differ
     */
    public void merge(TickAccumulator other) {
        if (other.channels.length != channels.length) {
            throw new IllegalArgumentException(
                    "a tick of %d channels cannot join one of %d"
                            .formatted(other.channels.length, channels.length));
        }
        for (int channel = 0; channel < channels.length; channel++) {
            channels[channel].merge(other.channels[channel]);
        }
    }

    /** The number of observations of a channel. */
    public long count(int channel) {
        return channels[channel].count;
    }

    /** The number of observations of all channels. */
    public long count() {
        long count = 0;
        for (Gathered channel : channels) {
            count += channel.count;
        }
        return count;
    }

    /** Whether a channel has no observation. */
    public boolean isEmpty(int channel) {
        return channels[channel].count == 0;
    }

    /** Whether no channel has an observation. */
    public boolean isEmpty() {
        for (Gathered channel : channels) {
            if (channel.count > 0) {
                return false;
            }
        }
        return true;
    }

    /** The tick's value of a channel; NaN if it has no observation, otherwise finite. */
    public double value(int channel, TickAggregate aggregate) {
        return channels[channel].value(aggregate);
    }

    /** The tick's value of each channel; NaN if it has no observation. */
    public double[] values(TickAggregate aggregate) {
        double[] values = new double[channels.length];
        for (int channel = 0; channel < values.length; channel++) {
            values[channel] = channels[channel].value(aggregate);
        }
        return values;
    }

    /** The newest event time; {@link Long#MIN_VALUE} if there is no observation. */
    public long newestTimeMillis() {
        long newest = Long.MIN_VALUE;
        for (Gathered channel : channels) {
            newest = Math.max(newest, channel.newestTimeMillis);
        }
        return newest;
    }

    /**
     * The weight of a channel's value when it is merged with another value of the same tick: 0
     * without an observation, and at most {@link #MAX_WEIGHT}. For {@link TickAggregate#LAST} it is
     * the time of the newest observation within the tick, on a scale from 1 at the tick's start to
     * {@link #MAX_WEIGHT} at its end. For every other aggregate it is the number of observations.
     */
    public int weight(int channel, TickAggregate aggregate, long tickStartMillis, long tickMillis) {
        Gathered gathered = channels[channel];
        if (gathered.count == 0) {
            return 0;
        }
        if (aggregate != TickAggregate.LAST) {
            return (int) Math.min(gathered.count, MAX_WEIGHT);
        }
        double place = (double) (gathered.newestTimeMillis - tickStartMillis) / tickMillis;
        return 1 + (int) (Math.max(0, Math.min(1, place)) * (MAX_WEIGHT - 1));
    }

    /** Forgets every observation. */
    public void clear() {
        for (Gathered channel : channels) {
            channel.clear();
        }
    }

    /** An independent copy. */
    public TickAccumulator copy() {
        TickAccumulator copy = new TickAccumulator(channels.length);
        copy.merge(this);
        return copy;
    }

    /**
     * Writes the binary form, big-endian: version (byte 1), number of channels (short, unsigned);
     * then of each channel the number of observations (long) and, where it is not 0, time and value
     * of the newest (long, double) and, where it is more than 1, sum, min, max (double).
     */
    public void writeTo(DataOutput out) throws IOException {
        FORM.write(this, out);
    }

    /**
     * Reads the binary form.
     *
     * @throws UnknownFormatException if the version is unknown
     * @throws IOException if the bytes end early
     */
    public static TickAccumulator readFrom(DataInput in) throws IOException {
        return FORM.read(in);
    }

    private void write(DataOutput out) throws IOException {
        out.writeShort(channels.length);
        for (Gathered channel : channels) {
            channel.writeTo(out);
        }
    }

    private static TickAccumulator read1(DataInput in) throws IOException {
        TickAccumulator accumulator = new TickAccumulator(in.readUnsignedShort());
        for (Gathered channel : accumulator.channels) {
            channel.readFrom(in);
        }
        return accumulator;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TickAccumulator that && Arrays.equals(channels, that.channels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(channels);
    }

    @Override
    public String toString() {
        return Arrays.toString(channels);
    }

    /** The observations of one channel. */
    private static final class Gathered {
        private long count;
        private double sum;
        private double min;
        private double max;
        private long newestTimeMillis;
        private double last;

        Gathered() {
            clear();
        }

        void clear() {
            count = 0;
            sum = 0;
            min = Double.POSITIVE_INFINITY;
            max = Double.NEGATIVE_INFINITY;
            newestTimeMillis = Long.MIN_VALUE;
            last = 0;
        }

        void add(long eventTimeMillis, double value) {
            count++;
            sum = bounded(sum + value);
            min = Math.min(min, value);
            max = Math.max(max, value);
            if (eventTimeMillis >= newestTimeMillis) {
                newestTimeMillis = eventTimeMillis;
                last = value;
            }
        }

        void merge(Gathered other) {
            count += other.count;
            sum = bounded(sum + other.sum);
            min = Math.min(min, other.min);
            max = Math.max(max, other.max);
            if (other.count > 0 && other.newestTimeMillis >= newestTimeMillis) {
                newestTimeMillis = other.newestTimeMillis;
                last = other.last;
            }
        }

        /** Keeps the sum finite: observations near the largest double could add up to infinity. */
        private static double bounded(double sum) {
            return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, sum));
        }

        double value(TickAggregate aggregate) {
            if (count == 0) {
                return Double.NaN;
            }
            return switch (aggregate) {
                case MEAN -> sum / count;
                case SUM -> sum;
                case LAST -> last;
                case MIN -> min;
                case MAX -> max;
                case COUNT -> count;
            };
        }

        void writeTo(DataOutput out) throws IOException {
            out.writeLong(count);
            if (count > 0) {
                out.writeLong(newestTimeMillis);
                out.writeDouble(last);
            }
            if (count > 1) {
                out.writeDouble(sum);
                out.writeDouble(min);
                out.writeDouble(max);
            }
        }

        void readFrom(DataInput in) throws IOException {
            long observations = in.readLong();
            if (observations > 0) {
                add(in.readLong(), in.readDouble());
            }
            if (observations > 1) {
                sum = in.readDouble();
                min = in.readDouble();
                max = in.readDouble();
            }
            count = observations;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Gathered that
                    && count == that.count
                    && Double.compare(sum, that.sum) == 0
                    && Double.compare(min, that.min) == 0
                    && Double.compare(max, that.max) == 0
                    && newestTimeMillis == that.newestTimeMillis
                    && Double.compare(last, that.last) == 0;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(new double[] {count, sum, min, max, newestTimeMillis, last});
        }

        @Override
        public String toString() {
            return count == 0
                    ? "none"
                    : "%d, sum %s, newest %s at %d ms"
                            .formatted(count, sum, last, newestTimeMillis);
        }
    }
}
