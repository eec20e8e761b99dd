package io.tickformer.context;

import io.tickformer.annotation.Internal;
import io.tickformer.event.BinaryForm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The small part of a context that is read and written at every tick: its head tick, its first tick
 * and the counts of observed ticks in its ring. The values are in blocks.
 *
 * <p>Mutable and not thread-safe: it lies in keyed state, and {@link ContextRing} changes it once
 * per tick.
 */
@Internal
public final class ContextHead {
    /** Stands for no tick. */
    static final long NONE = Long.MIN_VALUE;

    private static final BinaryForm<ContextHead> FORM =
            new BinaryForm<>("the head of a context", ContextHead::write, ContextHead::read1);

    /** Number of ticks in the ring. */
    final int ringTicks;

    boolean empty;
    long headTick;
    long firstTick;

    /** Number of ticks in the ring at which any channel is observed. */
    int observedTicks;

    /** For each channel the number of ticks in the ring at which it is observed. */
    final int[] observedOf;

    /** For each channel the newest tick with a reading. */
    final long[] newestReading;

    /**
     * For each channel the observed places of the ring's oldest block. They make it unnecessary to
     * read that block when a tick leaves the ring. Bits of ticks before the ring mean nothing.
     */
    final int[] oldestObserved;

    /** Makes the head of an empty context. */
    ContextHead(int ringTicks, int channels) {
        this.ringTicks = ringTicks;
        this.observedOf = new int[channels];
        this.newestReading = new long[channels];
        this.oldestObserved = new int[channels];
        clear();
    }

    /** Makes it the head of an empty context. */
    void clear() {
        empty = true;
        headTick = 0;
        firstTick = 0;
        observedTicks = 0;
        Arrays.fill(observedOf, 0);
        Arrays.fill(newestReading, NONE);
        Arrays.fill(oldestObserved, 0);
    }

    /** The oldest tick that is both in the ring and not before the first tick. */
    long oldestTick() {
        return Math.max(firstTick, headTick - ringTicks + 1);
    }

    /** C, the number of channels. */
    public int channels() {
        return observedOf.length;
    }

    /** Returns an independent copy. */
    public ContextHead copy() {
        ContextHead copy = new ContextHead(ringTicks, channels());
        copy.empty = empty;
        copy.headTick = headTick;
        copy.firstTick = firstTick;
        copy.observedTicks = observedTicks;
        System.arraycopy(observedOf, 0, copy.observedOf, 0, channels());
        System.arraycopy(newestReading, 0, copy.newestReading, 0, channels());
        System.arraycopy(oldestObserved, 0, copy.oldestObserved, 0, channels());
        return copy;
    }

    /**
     * Writes the binary form, big-endian: version (byte 1), ticks of the ring (int), C (short,
     * unsigned), empty (boolean). Then, unless empty: head tick and first tick (long), observed
     * ticks (int), and for each channel its observed ticks (int), its newest tick with a reading
     * (long) and the observed places of the oldest block (int).
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
    public static ContextHead readFrom(DataInput in) throws IOException {
        return FORM.read(in);
    }

    private void write(DataOutput out) throws IOException {
        out.writeInt(ringTicks);
        out.writeShort(channels());
        out.writeBoolean(empty);
        if (empty) {
            return;
        }
        out.writeLong(headTick);
        out.writeLong(firstTick);
        out.writeInt(observedTicks);
        for (int channel = 0; channel < channels(); channel++) {
            out.writeInt(observedOf[channel]);
            out.writeLong(newestReading[channel]);
            out.writeInt(oldestObserved[channel]);
        }
    }

    private static ContextHead read1(DataInput in) throws IOException {
        ContextHead head = new ContextHead(in.readInt(), in.readUnsignedShort());
        head.empty = in.readBoolean();
        if (head.empty) {
            return head;
        }
        head.headTick = in.readLong();
        head.firstTick = in.readLong();
        head.observedTicks = in.readInt();
        for (int channel = 0; channel < head.channels(); channel++) {
            head.observedOf[channel] = in.readInt();
            head.newestReading[channel] = in.readLong();
            head.oldestObserved[channel] = in.readInt();
        }
        return head;
    }
}
