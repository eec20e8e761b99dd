package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.event.BinaryForm;
import io.tickformer.event.TickAccumulator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ticks of one series that are not over yet, apart from those still in windows. {@link
 * TickClosing} says when they are over. Most series never have any: their ticks end with the
 * watermark, and their windows emit them complete.
 *
 * <p>Binary form, version 1: version (byte), {@code nextEnd} (long), {@code endsToQuiet} (byte),
 * {@code freeAt}, {@code timerAt} (long), number of ticks (int), and for each its index (long) and
 * its accumulator.
 *
 * <p>Mutable and not thread-safe: it lives in keyed state.
 */
@Internal
public final class OpenTicks {
    /** No time, or no tick. */
    static final long NONE = Long.MIN_VALUE;

    private static final BinaryForm<OpenTicks> FORM =
            new BinaryForm<>("what is open of a series", OpenTicks::write, OpenTicks::read1);

    private final TreeMap<Long, TickAccumulator> ticks = new TreeMap<>();

    /**
     * The next end of a tick at which the watermark is checked, if the series is behind the
     * watermark. {@link #NONE} if it never was.
     */
    private long nextEnd = NONE;

    /** How many ends of ticks the watermark must still pass until the series counts as quiet. */
    private int endsToQuiet;

    /**
     * The watermark at which no window can hold older ticks than these any more, so that later
     * readings of the series may close them.
     */
    private long freeAt = NONE;

    /** When the timer fires that closes the oldest tick; {@link #NONE} for no timer. */
    private long timerAt = NONE;

    /** Merges readings into a tick. */
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

    /** The readings of a tick; null if it is not open. */
    TickAccumulator gathered(long index) {
        return ticks.get(index);
    }

    /** Removes and returns the oldest tick if it is the given one or older; else null. */
    Map.Entry<Long, TickAccumulator> pollThrough(long last) {
        return ticks.isEmpty() || ticks.firstKey() > last ? null : ticks.pollFirstEntry();
    }

    /** The newest event time among the open ticks up to the given one; {@link #NONE} for none. */
    long newestMillis(long last) {
        // The newest tick has the newest event time.
        Map.Entry<Long, TickAccumulator> newest = ticks.floorEntry(last);
        return newest == null ? NONE : newest.getValue().newestTimeMillis();
    }

    /** The series is behind the watermark and has just sent a reading. */
    void heard(long end, int endsUntilQuiet) {
        nextEnd = end;
        endsToQuiet = endsUntilQuiet;
    }

    /** The watermark has passed the end of a tick without a reading of the series. */
    void moved(long end) {
        nextEnd = end;
        endsToQuiet = Math.max(0, endsToQuiet - 1);
    }

    long nextEnd() {
        return nextEnd;
    }

    /** Whether the series is behind the watermark and not yet quiet. */
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
    public OpenTicks copy() {
        OpenTicks copy = new OpenTicks();
        ticks.forEach((index, gathered) -> copy.ticks.put(index, gathered.copy()));
        copy.nextEnd = nextEnd;
        copy.endsToQuiet = endsToQuiet;
        copy.freeAt = freeAt;
        copy.timerAt = timerAt;
        return copy;
    }

    public void writeTo(DataOutput out) throws IOException {
        FORM.write(this, out);
    }

    public static OpenTicks readFrom(DataInput in) throws IOException {
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
