package io.tickformer.operator;

import io.tickformer.event.BinaryForm;
import io.tickformer.event.TickAccumulator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was gathered of the ticks of one series that are not over yet, apart from what still lies in
 * windows. {@link TickClosing} says when they are over. Most series never have any: their ticks end
 * with the watermark, and their windows hand them on whole.
 *
 * <p>Binary form, version 1: version (byte), {@code nextEnd} (long), {@code endsToQuiet} (byte),
 * {@code freeAt}, {@code timerAt} (long), number of ticks (int), and for each its index (long) and
 * what was gathered.
 *
 * <p>Mutable and not thread-safe: it lives in keyed state.
 */
final class OpenTicks {
    /** Stands for no time and for no tick. */
    static final long NONE = Long.MIN_VALUE;

    private static final BinaryForm<OpenTicks> FORM =
            new BinaryForm<>("what is open of a series", OpenTicks::write, OpenTicks::read1);

    private final TreeMap<Long, TickAccumulator> ticks = new TreeMap<>();

    /**
     * Of a series that is behind the watermark: the end of a tick, at which the watermark is seen
     * to have moved on. {@link #NONE} where it was never behind.
     */
    private long nextEnd = NONE;

    /** How often the watermark is to be seen moving on until the series counts as quiet. */
    private int endsToQuiet;

    /**
     * The watermark from which on nothing older than the open ticks can wait in a window, so that
     * later readings of the series close them.
     */
    private long freeAt = NONE;

    /** When the timer goes off that is to close the oldest; {@link #NONE} for no timer. */
    private long timerAt = NONE;

    /** Adds what was gathered of a tick. */
    void add(long index, TickAccumulator gathered) {
        TickAccumulator known = ticks.get(index);
        if (known == null) {
            ticks.put(index, gathered);
        } else {
            known.merge(gathered);
        }
    }

    boolean isEmpty() {
        return ticks.isEmpty();
    }

    int size() {
        return ticks.size();
    }

    /** The oldest open tick. */
    long oldest() {
        return ticks.firstKey();
    }

    /** What was gathered of a tick; null where it is not open. */
    TickAccumulator gathered(long index) {
        return ticks.get(index);
    }

    /** Takes the oldest tick out, if it is the given one or older; null where there is none. */
    Map.Entry<Long, TickAccumulator> pollThrough(long last) {
        return ticks.isEmpty() || ticks.firstKey() > last ? null : ticks.pollFirstEntry();
    }

    /** The newest event time among the open ticks up to the given one; {@link #NONE} for none. */
    long newestMillis(long last) {
        // The newest tick has the newest event time.
        Map.Entry<Long, TickAccumulator> newest = ticks.floorEntry(last);
        return newest == null ? NONE : newest.getValue().newestTimeMillis();
    }

    /** The series is behind the watermark, and has just sent something. */
    void heard(long end, int endsUntilQuiet) {
        nextEnd = end;
        endsToQuiet = endsUntilQuiet;
    }

    /** The watermark has moved on without the series. */
    void moved(long end) {
        nextEnd = end;
        endsToQuiet = Math.max(0, endsToQuiet - 1);
    }

    long nextEnd() {
        return nextEnd;
    }

    /** Whether the series is behind the watermark and may send more of what it is at. */
    boolean isLively() {
        return endsToQuiet > 0;
    }

    long freeAt() {
        return freeAt;
    }

    void freeAt(long watermark) {
        freeAt = watermark;
    }

    long timerAt() {
        return timerAt;
    }

    void timerAt(long watermark) {
        timerAt = watermark;
    }

    /** An independent copy. */
    OpenTicks copy() {
        OpenTicks copy = new OpenTicks();
        ticks.forEach((index, gathered) -> copy.ticks.put(index, gathered.copy()));
        copy.nextEnd = nextEnd;
        copy.endsToQuiet = endsToQuiet;
        copy.freeAt = freeAt;
        copy.timerAt = timerAt;
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        FORM.write(this, out);
    }

    static OpenTicks readFrom(DataInput in) throws IOException {
        return FORM.read(in);
    }

    private void write(DataOutput out) throws IOException {
        out.writeLong(nextEnd);
        out.writeByte(endsToQuiet);
        out.writeLong(freeAt);
        out.writeLong(timerAt);
        out.writeInt(ticks.size());
        for (Map.Entry<Long, TickAccumulator> tick : ticks.entrySet()) {
            out.writeLong(tick.getKey());
            tick.getValue().writeTo(out);
        }
    }

    private static OpenTicks read1(DataInput in) throws IOException {
        OpenTicks open = new OpenTicks();
        open.nextEnd = in.readLong();
        open.endsToQuiet = in.readUnsignedByte();
        open.freeAt = in.readLong();
        open.timerAt = in.readLong();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            long index = in.readLong();
            open.ticks.put(index, TickAccumulator.readFrom(in));
        }
        return open;
    }
}
