package io.tickformer.context;

import io.tickformer.event.EmptyTick;
import io.tickformer.event.EmptyTicks;
import io.tickformer.event.UnknownFormatException;
import io.tickformer.spec.ForecastSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The sliding context of one series, or of the C channels of a record: the newest ticks up to the
 * head, as many as a forecast can depend on.
 *
 * <p><b>Ring.</b> Ticks enter at the head only, and leave when the ring is full. Everything that
 * influences a forecast lies in the ring; a tick that has left it influences nothing.
 *
 * <p><b>Channels.</b> They share head, first tick and ring. A tick is observed where any of them
 * is.
 *
 * <p><b>Gaps.</b> Ticks without a reading between the head and a new tick become what {@link
 * EmptyTicks} says of them: missing, or zero, or as the tick before; a channel without any reading
 * yet is missing. A value that fills an empty tick is observed for a forecast and is no reading:
 * once no reading is left in the ring the context empties, whatever filled its ticks, and the next
 * reading starts it anew. So {@link #advanceTo} is all that a series needs at a tick that ended
 * without a reading.
 *
 * <p><b>Late revisions.</b> A tick at or before the head, still within the ring, replaces the
 * values that are there, in the channels it has, and what fills the empty ticks after it follows:
 * everything is then as if the tick had come in time. If it is older than the first tick, the
 * context begins with it.
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
     */
    public record Mark(long headTick, long firstTick) {}

    /** The values of the channels at some ticks. */
    @FunctionalInterface
    public interface ChannelValues {
        /** The value of a channel at a tick; NaN where it is missing. */
        double at(long tick, int channel);

        /** Whether that value, which is not NaN, comes from readings and fills no empty tick. */
        default boolean isReading(long tick, int channel) {
            return true;
        }
    }

    /** The binary form of a series. */
    private static final byte FORMAT_VERSION = 1;

    /** The binary form of several channels. */
    private static final byte CHANNELS_FORMAT_VERSION = 2;

    private final int ringTicks;
    private final int channels;
    private final EmptyTicks emptyTicks;
    private final TickRing ring;
    private final long[] newestReading; // C, of no meaning before the first of a channel
    private boolean empty = true;
    private long headTick;
    private long firstTick;

    /**
     * An empty context of one series.
     *
     * @param ringTicks ticks in the ring, at least 1
     */
    public SeriesContext(int ringTicks) {
        this(ringTicks, 1);
    }

    /**
     * An empty context whose empty ticks are missing.
     *
     * @param ringTicks ticks in the ring, at least 1
     * @param channels C, at least 1
     */
    public SeriesContext(int ringTicks, int channels) {
        this(ringTicks, channels, EmptyTick.MISSING);
    }

    /**
     * An empty context.
     *
     * @param ringTicks ticks in the ring, at least 1
     * @param channels C, at least 1
     * @param emptyTick what a tick without a reading is
     */
    public SeriesContext(int ringTicks, int channels, EmptyTick emptyTick) {
        if (ringTicks < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "the ring has %d ticks and %d channels; expected at least 1 tick of 1 channel"
                            .formatted(ringTicks, channels));
        }
        this.ringTicks = ringTicks;
        this.channels = channels;
        this.emptyTicks = new EmptyTicks(emptyTick, ringTicks);
        this.ring = new TickRing(ringTicks, channels);
        this.newestReading = new long[channels];
        Arrays.fill(newestReading, Long.MIN_VALUE);
    }

    /** An empty context for a model. */
    public static SeriesContext of(ForecastSpec spec) {
        return new SeriesContext(spec.ringTicks(), spec.channelCount(), spec.emptyTick());
    }

    /**
     * Takes one observed tick of a single series.
     *
     * @param value finite; magnitudes above {@link #LARGEST_MAGNITUDE} enter as that
     * @throws IllegalArgumentException if the value is NaN or infinite
     */
    public Change update(long tickIndex, double value) {
        return update(tickIndex, new double[] {value});
    }

    /**
     * Takes one observed tick.
     *
     * @param values one for each channel: finite, where magnitudes above {@link #LARGEST_MAGNITUDE}
     *     enter as that, or NaN where the channel is missing; at least one is finite
     * @throws IllegalArgumentException if one is infinite, all are NaN or they are not C
     */
    public Change update(long tickIndex, double[] values) {
        requireValues(tickIndex, values);
        if (!empty && tickIndex <= headTick) {
            return revise(tickIndex, values);
        }
        if (!empty) {
            advanceTo(tickIndex - 1);
        }
        if (empty) {
            empty = false;
            firstTick = tickIndex;
            headTick = tickIndex;
            put(tickIndex, values);
            return Change.STARTED;
        }
        moveHead();
        put(headTick, values);
        return Change.APPENDED;
    }

    private void requireValues(long tickIndex, double[] values) {
        boolean observed = false;
        boolean finite = true;
        for (double value : values) {
            observed |= !Double.isNaN(value);
            finite &= !Double.isInfinite(value);
        }
        if (values.length == channels && observed && finite) {
            return;
        }
        throw new IllegalArgumentException(
                channels == 1 && values.length == 1
                        ? "the value of tick %d is %s; expected a finite number"
                                .formatted(tickIndex, values[0])
                        : ("the values of tick %d are %s; expected %d, each a finite number or NaN"
                                        + " for a missing one, and not all missing")
                                .formatted(tickIndex, Arrays.toString(values), channels));
    }

    private Change revise(long tickIndex, double[] values) {
        if (tickIndex <= headTick - ringTicks) {
            return Change.IGNORED_TOO_OLD;
        }
        put(tickIndex, values);
        firstTick = Math.min(firstTick, tickIndex);
        for (int channel = 0; channel < channels; channel++) {
            if (!Double.isNaN(values[channel])) {
                refillAfter(tickIndex, channel);
            }
        }
        return Change.REVISED;
    }

    private void put(long tickIndex, double[] values) {
        ring.put(tickIndex, values);
        for (int channel = 0; channel < channels; channel++) {
            if (!Double.isNaN(values[channel])) {
                newestReading[channel] = Math.max(newestReading[channel], tickIndex);
            }
        }
    }

    /** Fills the empty ticks from a reading on to the next one. */
    private void refillAfter(long reading, int channel) {
        double before = ring.at(reading, channel);
        for (long tick = reading + 1; tick <= headTick; tick++) {
            if (ring.isReading(tick, channel)) {
                return;
            }
            before = emptyTicks.value(tick, reading, before);
            ring.fill(tick, channel, before);
        }
    }

    /**
     * Moves the head to the given tick by appending ticks without a reading; does nothing where the
     * head is there already or the context is empty. Empties the context where the series does not
     * live at that tick any more.
     */
    public void advanceTo(long tickIndex) {
        if (empty || tickIndex <= headTick) {
            return;
        }
        if (!emptyTicks.isAlive(tickIndex, lastObservedTick())) {
            clear();
            return;
        }
        while (headTick < tickIndex) {
            moveHead();
        }
    }

    /** Makes the tick after the head the new head, one without a reading. */
    private void moveHead() {
        headTick++;
        // The place of the new head is that of the tick which leaves the ring.
        ring.clear(headTick);
        if (emptyTicks.rule().hasValue() && ringTicks > 1) {
            for (int channel = 0; channel < channels; channel++) {
                ring.fill(
                        headTick,
                        channel,
                        emptyTicks.value(
                                headTick, newestReading[channel], ring.at(headTick - 1, channel)));
            }
        }
    }

    private void clear() {
        empty = true;
        ring.clear();
        Arrays.fill(newestReading, Long.MIN_VALUE);
    }

    /**
     * Whether there is no tick at all: nothing came yet, or no observed tick is left in the ring.
     */
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

    /**
     * Observed ticks in the ring: those with a value of any channel, be it of readings or what
     * fills an empty tick.
     */
    public int observedTicks() {
        return ring.observedTicks();
    }

    /** Ticks in the ring at which a channel is observed. */
    public int observedTicks(int channel) {
        return ring.observedTicks(channel);
    }

    /** Whether so many ticks or more lie between the first tick and the head, both included. */
    public boolean spans(int ticks) {
        return !empty && headTick - firstTick + 1 >= ticks;
    }

    /** Ticks that the ring has room for. */
    public int ringTicks() {
        return ringTicks;
    }

    /** C, series that share this context. */
    public int channels() {
        return channels;
    }

    /** What a tick without a reading is. */
    public EmptyTick emptyTick() {
        return emptyTicks.rule();
    }

    /**
     * Whether the value of a channel at a tick of the ring comes from readings; false where it is
     * missing or fills an empty tick.
     *
     * @throws IllegalArgumentException if the tick is outside the ring
     */
    public boolean isReading(long tickIndex, int channel) {
        requireInRing(tickIndex);
        return ring.isReading(tickIndex, channel);
    }

    /**
     * The value of a tick of the ring, NaN where it is missing; of several channels, the first.
     *
     * @throws IllegalArgumentException if the tick is outside the ring
     */
    public double valueAt(long tickIndex) {
        return valueAt(tickIndex, 0);
    }

    /**
     * The value of a channel at a tick of the ring, NaN where it is missing.
     *
     * @throws IllegalArgumentException if the tick is outside the ring
     */
    public double valueAt(long tickIndex, int channel) {
        requireInRing(tickIndex);
        return ring.at(tickIndex, channel);
    }

    private void requireInRing(long tickIndex) {
        requireTicks();
        if (tickIndex > headTick || tickIndex <= headTick - ringTicks) {
            throw new IllegalArgumentException(
                    "tick %d is outside the ring; expected %d to %d"
                            .formatted(tickIndex, headTick - ringTicks + 1, headTick));
        }
    }

    /**
     * Copies the newest values of a channel, NaN where they are missing, the oldest of them first.
     *
     * @param target as many as are wanted, at most as many as the ring has room for
     */
    void copyNewest(int channel, double[] target) {
        requireTicks();
        ring.copy(headTick - target.length + 1, channel, target);
    }

    /** The newest observed value of the ring; of several channels, the first. */
    public double lastObserved() {
        return lastObserved(0);
    }

    /** The newest value of a channel in the ring; NaN where there is none. */
    public double lastObserved(int channel) {
        requireTicks();
        if (ring.observedTicks(channel) == 0) {
            return Double.NaN;
        }
        long tick = headTick;
        while (Double.isNaN(ring.at(tick, channel))) {
            tick--;
        }
        return ring.at(tick, channel);
    }

    /** The newest tick with a reading; it is in the ring. What fills empty ticks is none. */
    public long lastObservedTick() {
        requireTicks();
        long newest = newestReading[0];
        for (int channel = 1; channel < channels; channel++) {
            newest = Math.max(newest, newestReading[channel]);
        }
        return newest;
    }

    /** The oldest tick that is both in the ring and not before the first tick. */
    long oldestTick() {
        return Math.max(firstTick, headTick - ringTicks + 1);
    }

    /** Where it stands, for {@link #restore}; empty where the context is. */
    public Optional<Mark> mark() {
        return empty ? Optional.empty() : Optional.of(new Mark(headTick, firstTick));
    }

    /**
     * The context as it was when it was marked, bit for bit.
     *
     * @param ringTicks as it was
     * @param channels C, as it was
     * @param emptyTick as it was
     * @param values of the ticks of the ring
     */
    public static SeriesContext restore(
            Mark mark, int ringTicks, int channels, EmptyTick emptyTick, ChannelValues values) {
        SeriesContext context = new SeriesContext(ringTicks, channels, emptyTick);
        context.empty = false;
        context.headTick = mark.headTick();
        context.firstTick = mark.firstTick();
        double[] ofTick = new double[channels];
        for (long tick = context.oldestTick(); tick <= context.headTick; tick++) {
            for (int channel = 0; channel < channels; channel++) {
                ofTick[channel] = values.at(tick, channel);
            }
            context.ring.put(tick, ofTick);
            for (int channel = 0; channel < channels; channel++) {
                if (!Double.isNaN(ofTick[channel]) && !values.isReading(tick, channel)) {
                    context.ring.fill(tick, channel, ofTick[channel]);
                }
            }
        }
        context.findNewestReadings();
        return context;
    }

    private void findNewestReadings() {
        for (int channel = 0; channel < channels; channel++) {
            long tick = headTick;
            while (tick >= oldestTick() && !ring.isReading(tick, channel)) {
                tick--;
            }
            newestReading[channel] = tick >= oldestTick() ? tick : Long.MIN_VALUE;
        }
    }

    /** An independent copy. */
    public SeriesContext copy() {
        SeriesContext copy = new SeriesContext(ringTicks, channels, emptyTicks.rule());
        copy.ring.set(ring);
        System.arraycopy(newestReading, 0, copy.newestReading, 0, channels);
        copy.empty = empty;
        copy.headTick = headTick;
        copy.firstTick = firstTick;
        return copy;
    }

    /**
     * Writes the binary form, big-endian: version (byte 1), ticks of the ring (int), empty
     * (boolean); then, unless empty, head tick and first tick (long), and the values from the
     * oldest tick to the head (double, NaN where missing).
     *
     * <p>Of several channels it is version 2: C (int) follows the ticks of the ring, and values are
     * there for each channel, those of a tick side by side.
     *
     * <p>Where empty ticks have a value it is the version after the next: at the end it says of
     * each value whether it fills an empty tick (boolean).
     */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(version(channels, emptyTicks.rule()));
        out.writeInt(ringTicks);
        if (channels > 1) {
            out.writeInt(channels);
        }
        out.writeBoolean(empty);
        if (empty) {
            return;
        }
        out.writeLong(headTick);
        out.writeLong(firstTick);
        ring.writeTo(out, oldestTick(), filledTicks());
        if (emptyTicks.rule().hasValue()) {
            ring.writeFilled(out, oldestTick(), filledTicks());
        }
    }

    /** Ticks from the oldest to the head. */
    private int filledTicks() {
        return (int) (headTick - oldestTick() + 1);
    }

    private static byte version(int channels, EmptyTick emptyTick) {
        int version = channels == 1 ? FORMAT_VERSION : CHANNELS_FORMAT_VERSION;
        return (byte) (emptyTick.hasValue() ? version + 2 : version);
    }

    /**
     * Reads the binary form.
     *
     * @param ringTicks of the model that goes on with it
     * @param channels C of the model that goes on with it
     * @param emptyTick of the model that goes on with it
     * @throws IOException if the version is unknown, ring or C differs or the bytes end early
     */
    public static SeriesContext readFrom(
            DataInput in, int ringTicks, int channels, EmptyTick emptyTick) throws IOException {
        int version = in.readUnsignedByte();
        if (version != version(channels, emptyTick)) {
            throw new UnknownFormatException(
                    ("the context of a series has format version %d; expected %d: it was written by"
                                    + " another release, or for a model of %s")
                            .formatted(
                                    version,
                                    version(channels, emptyTick),
                                    channels == 1 ? "several channels" : "one series at a time"));
        }
        int writtenLength = in.readInt();
        if (writtenLength != ringTicks) {
            throw new IOException(
                    ("the context of a series spans %d ticks; the model expects %d: use a model of"
                                    + " the same context length, or start without the state")
                            .formatted(writtenLength, ringTicks));
        }
        int writtenChannels = channels == 1 ? 1 : in.readInt();
        if (writtenChannels != channels) {
            throw new IOException(
                    ("the context of a record has %d channels; the model expects %d: use a model of"
                                    + " the same channels, or start without the state")
                            .formatted(writtenChannels, channels));
        }
        SeriesContext context = new SeriesContext(ringTicks, channels, emptyTick);
        context.empty = in.readBoolean();
        if (context.empty) {
            return context;
        }
        context.headTick = in.readLong();
        context.firstTick = in.readLong();
        context.ring.readFrom(in, context.oldestTick(), context.filledTicks());
        if (emptyTick.hasValue()) {
            context.ring.readFilled(in, context.oldestTick(), context.filledTicks());
        }
        context.findNewestReadings();
        return context;
    }

    private void requireTicks() {
        if (empty) {
            throw new IllegalStateException("the context is empty; expected at least one tick");
        }
    }
}
