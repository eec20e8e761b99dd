package io.tickformer.context;

import io.tickformer.spec.Normalisation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;

/**
 * The sliding context of one series: the last T ticks up to the head, and the running statistics as
 * they stood just before the oldest of them.
 *
 * <p><b>Ring.</b> Tick n sits at position {@code n mod T}; a missing tick holds NaN, which no
 * observed tick can. Ticks enter at the head only. The tick that leaves is handed to the kept
 * statistics, so that they always describe everything before the ring and replaying the ring from
 * them gives the statistics at every tick of it, bit for bit.
 *
 * <p><b>Gaps.</b> Ticks without a value between the head and a new tick become missing. Once no
 * observed tick is left in the ring, that is, after T missing ticks in a row, the context empties
 * and the next observed tick starts it anew: ring, first tick and statistics.
 *
 * <p><b>Late revisions.</b> A tick at or before the head, still within the ring, replaces the value
 * that is there. Since the statistics are those from before the ring, everything later is as if the
 * tick had come in time. If it is older than the first tick, the context begins with it.
 *
 * <p>Mutable and not thread-safe: it lives in keyed state and changes once a tick.
 */
public final class SeriesContext {
    /**
     * The largest magnitude a value enters with; larger ones enter as this. Far beyond any
     * measurement, it keeps squares, sums and forecasts as floats finite.
     */
    public static final double LARGEST_MAGNITUDE = 1e30;

    /**
     * Where a context stands, without the values of its ring.
     *
     * @param headTick the newest tick
     * @param firstTick the tick it (re)started with
     * @param before the statistics just before the ring; not to be changed
     */
    public record Mark(long headTick, long firstTick, RunningStatistics before) {}

    private static final byte FORMAT_VERSION = 1;

    private final int contextLength;
    private final Normalisation normalisation;
    private final double[] ring;
    private final RunningStatistics before;
    private boolean empty = true;
    private long headTick;
    private long firstTick;
    private int observedTicks;

    /**
     * An empty context.
     *
     * @param contextLength T, at least 1
     */
    public SeriesContext(int contextLength, Normalisation normalisation) {
        if (contextLength < 1) {
            throw new IllegalArgumentException(
                    "contextLength is %d; expected at least 1 tick".formatted(contextLength));
        }
        this.contextLength = contextLength;
        this.normalisation = Objects.requireNonNull(normalisation, "normalisation");
        this.ring = new double[contextLength];
        this.before = new RunningStatistics(normalisation);
        clear();
    }

    /**
     * Takes one observed tick.
     *
     * @param value finite; magnitudes above {@link #LARGEST_MAGNITUDE} enter as that
     * @throws IllegalArgumentException if the value is NaN or infinite
     */
    public Change update(long tickIndex, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "the value of tick %d is %s; expected a finite number"
                            .formatted(tickIndex, value));
        }
        double bounded = bounded(value);
        if (!empty && tickIndex <= headTick) {
            return revise(tickIndex, bounded);
        }
        if (!empty) {
            advanceTo(tickIndex - 1);
        }
        if (empty) {
            empty = false;
            firstTick = tickIndex;
            headTick = tickIndex;
            ring[position(tickIndex)] = bounded;
            observedTicks = 1;
            return Change.STARTED;
        }
        append(bounded);
        return Change.APPENDED;
    }

    private Change revise(long tickIndex, double value) {
        if (tickIndex <= headTick - contextLength) {
            return Change.IGNORED_TOO_OLD;
        }
        int position = position(tickIndex);
        if (Double.isNaN(ring[position])) {
            observedTicks++;
        }
        ring[position] = value;
        firstTick = Math.min(firstTick, tickIndex);
        return Change.REVISED;
    }

    /**
     * Moves the head to the given tick by appending missing ticks; does nothing where the head is
     * there already or the context is empty. Empties the context once no observed tick is left.
     */
    public void advanceTo(long tickIndex) {
        if (!empty && tickIndex - headTick >= contextLength) {
            clear();
        }
        while (!empty && headTick < tickIndex) {
            append(Double.NaN);
            if (observedTicks == 0) {
                clear();
            }
        }
    }

    private void append(double value) {
        headTick++;
        int position = position(headTick);
        // The position of the new head is that of the tick which leaves the ring.
        if (headTick - contextLength >= firstTick) {
            double leaving = ring[position];
            before.add(leaving);
            if (!Double.isNaN(leaving)) {
                observedTicks--;
            }
        }
        ring[position] = value;
        if (!Double.isNaN(value)) {
            observedTicks++;
        }
    }

    private void clear() {
        empty = true;
        observedTicks = 0;
        before.reset();
        Arrays.fill(ring, Double.NaN);
    }

    /** Whether there is no tick at all: nothing came yet, or a gap of T or more passed. */
    public boolean isEmpty() {
        return empty;
    }

    /** The newest tick, observed or missing. */
    public long headTick() {
        requireTicks();
        return headTick;
    }

    /** The tick the context (re)started with; it may have left the ring. */
    public long firstTick() {
        requireTicks();
        return firstTick;
    }

    /** Observed ticks in the ring, 0 to T. */
    public int observedTicks() {
        return observedTicks;
    }

    /** Whether T or more ticks lie between the first tick and the head, both included. */
    public boolean isFull() {
        return !empty && headTick - firstTick + 1 >= contextLength;
    }

    /** T, ticks in the ring. */
    public int contextLength() {
        return contextLength;
    }

    /** How location and scale follow this series. */
    public Normalisation normalisation() {
        return normalisation;
    }

    /**
     * The value of a tick of the ring, NaN where it is missing.
     *
     * @throws IllegalArgumentException if the tick is outside {@code (head - T, head]}
     */
    public double valueAt(long tickIndex) {
        requireTicks();
        if (tickIndex > headTick || tickIndex <= headTick - contextLength) {
            throw new IllegalArgumentException(
                    "tick %d is outside the ring; expected %d to %d"
                            .formatted(tickIndex, headTick - contextLength + 1, headTick));
        }
        return ring[position(tickIndex)];
    }

    /** The newest observed value of the ring. */
    public double lastObserved() {
        return ring[position(lastObservedTick())];
    }

    /** The newest observed tick of the ring. */
    public long lastObservedTick() {
        requireTicks();
        long tick = headTick;
        // Ends, since a context that is not empty has an observed tick.
        while (Double.isNaN(ring[position(tick)])) {
            tick--;
        }
        return tick;
    }

    /** The oldest tick that is both in the ring and not before the first tick. */
    long oldestTick() {
        return Math.max(firstTick, headTick - contextLength + 1);
    }

    /** Sets {@code target} to the statistics as they stood just before the ring. */
    void copyStatisticsBefore(RunningStatistics target) {
        target.set(before);
    }

    /** Where it stands, for {@link #restore}; empty where the context is. */
    public Optional<Mark> mark() {
        return empty ? Optional.empty() : Optional.of(new Mark(headTick, firstTick, before.copy()));
    }

    /**
     * The context as it was when it was marked, bit for bit.
     *
     * @param contextLength T, as it was
     * @param normalisation as it was
     * @param values the value of each tick of the ring, NaN where it is missing
     */
    public static SeriesContext restore(
            Mark mark,
            int contextLength,
            Normalisation normalisation,
            LongToDoubleFunction values) {
        SeriesContext context = new SeriesContext(contextLength, normalisation);
        context.empty = false;
        context.headTick = mark.headTick();
        context.firstTick = mark.firstTick();
        context.before.set(mark.before());
        for (long tick = context.oldestTick(); tick <= context.headTick; tick++) {
            double value = values.applyAsDouble(tick);
            if (!Double.isNaN(value)) {
                context.ring[context.position(tick)] = bounded(value);
                context.observedTicks++;
            }
        }
        return context;
    }

    private static double bounded(double value) {
        return Math.max(-LARGEST_MAGNITUDE, Math.min(LARGEST_MAGNITUDE, value));
    }

    /** An independent copy. */
    public SeriesContext copy() {
        SeriesContext copy = new SeriesContext(contextLength, normalisation);
        System.arraycopy(ring, 0, copy.ring, 0, contextLength);
        copy.before.set(before);
        copy.empty = empty;
        copy.headTick = headTick;
        copy.firstTick = firstTick;
        copy.observedTicks = observedTicks;
        return copy;
    }

    /**
     * Writes the binary form, big-endian: version (byte 1), T (int), empty (boolean); then, unless
     * empty, head tick and first tick (long), the three numbers of the statistics before the ring,
     * and the values from the oldest tick to the head (double, NaN where missing).
     */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT_VERSION);
        out.writeInt(contextLength);
        out.writeBoolean(empty);
        if (empty) {
            return;
        }
        out.writeLong(headTick);
        out.writeLong(firstTick);
        before.writeTo(out);
        for (long tick = oldestTick(); tick <= headTick; tick++) {
            out.writeDouble(ring[position(tick)]);
        }
    }

    /**
     * Reads the binary form.
     *
     * @param contextLength T of the model that goes on with it
     * @param normalisation of the model that goes on with it
     * @throws IOException if the version is unknown, T differs or the bytes end early
     */
    public static SeriesContext readFrom(
            DataInput in, int contextLength, Normalisation normalisation) throws IOException {
        int version = in.readUnsignedByte();
        if (version != FORMAT_VERSION) {
            throw new IOException(
                    ("the context of a series has format version %d; expected %d: it was written by"
                                    + " another release")
                            .formatted(version, FORMAT_VERSION));
        }
        int writtenLength = in.readInt();
        if (writtenLength != contextLength) {
            throw new IOException(
                    ("the context of a series spans %d ticks; the model expects %d: use a model of"
                                    + " the same context length, or start without the state")
                            .formatted(writtenLength, contextLength));
        }
        SeriesContext context = new SeriesContext(contextLength, normalisation);
        context.empty = in.readBoolean();
        if (context.empty) {
            return context;
        }
        context.headTick = in.readLong();
        context.firstTick = in.readLong();
        context.before.readFrom(in);
        for (long tick = context.oldestTick(); tick <= context.headTick; tick++) {
            double value = in.readDouble();
            context.ring[context.position(tick)] = value;
            if (!Double.isNaN(value)) {
                context.observedTicks++;
            }
        }
        return context;
    }

    private int position(long tickIndex) {
        return Math.floorMod(tickIndex, contextLength);
    }

    private void requireTicks() {
        if (empty) {
            throw new IllegalStateException("the context is empty; expected at least one tick");
        }
    }
}
