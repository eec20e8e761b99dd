package io.tickformer.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The observations of one tick so far of all channels of a record, one {@link TickAccumulator} for
 * each. Mutable and not thread-safe: it changes once an observation.
 */
public final class RecordAccumulator {
    private static final byte FORMAT_VERSION = 1;

    private final TickAccumulator[] channels;

    /**
     * Without observations.
     *
     * @param channels how many there are
     */
    public RecordAccumulator(int channels) {
        this.channels = new TickAccumulator[channels];
        for (int channel = 0; channel < channels; channel++) {
            this.channels[channel] = new TickAccumulator();
        }
    }

    /** Takes one observation of a channel; its value is finite. */
    public void add(int channel, long eventTimeMillis, double value) {
        channels[channel].add(eventTimeMillis, value);
    }

    /** Takes the observations of another of as many channels, as if they had come after its own. */
    public void add(RecordAccumulator other) {
        for (int channel = 0; channel < channels.length; channel++) {
            channels[channel].add(other.channels[channel]);
        }
    }

    /** The tick's value in each channel; NaN where it has no observation. */
    public double[] values(TickAggregate aggregate) {
        double[] values = new double[channels.length];
        for (int channel = 0; channel < values.length; channel++) {
            TickAccumulator tick = channels[channel];
            values[channel] = tick.isEmpty() ? Double.NaN : tick.value(aggregate);
        }
        return values;
    }

    /** An independent copy. */
    public RecordAccumulator copy() {
        RecordAccumulator copy = new RecordAccumulator(channels.length);
        copy.add(this);
        return copy;
    }

    /**
     * Writes the binary form, big-endian: version (byte 1), number of channels (int), and the form
     * of each channel's accumulator.
     */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT_VERSION);
        out.writeInt(channels.length);
        for (TickAccumulator channel : channels) {
            channel.writeTo(out);
        }
    }

    /**
     * Reads the binary form.
     *
     * @throws UnknownFormatException if the version is unknown
     * @throws IOException if the bytes end early
     */
    public static RecordAccumulator readFrom(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != FORMAT_VERSION) {
            throw new UnknownFormatException(
                    ("the observations of a record's tick have format version %d; expected %d: they"
                                    + " were written by another release")
                            .formatted(version, FORMAT_VERSION));
        }
        RecordAccumulator accumulator = new RecordAccumulator(in.readInt());
        for (int channel = 0; channel < accumulator.channels.length; channel++) {
            accumulator.channels[channel] = TickAccumulator.readFrom(in);
        }
        return accumulator;
    }
}
