package io.tickformer.context;

import io.tickformer.event.EmptyTick;
import io.tickformer.event.EmptyTicks;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import io.tickformer.spec.ForecastSpec;
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
 * once no reading is left in the ring the context empties, whatever filled it, and the next reading
 * starts it anew. So {@link #advanceTo} is all that a series needs at a tick that ended without a
 * reading.
 *
 * <p><b>Late revisions.</b> A tick at or before the head, still within the ring, replaces the
 * values that are there, in the channels it has, or joins them; what fills the empty ticks after it
 * follows. Everything is then as if the tick had come in time. If it is older than the first tick,
 * the context begins with it.
 *
 * <p><b>State.</b> A context lies in a {@link ContextStore} as a head and blocks of {@link
 * ContextBlock#TICKS} ticks. One that was opened from a store reads a block when it is asked for,
 * and writes what has changed: at a tick the head and one block. Blocks lie on the grid of all
 * ticks, so that a model with another ring reads the same ones.
 *
 * <p>Mutable and not thread-safe: it changes once a tick.
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

    private final ContextHead head;
    private final BlockRing blocks;
    private final EmptyTicks emptyTicks;

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
        this(
                new ContextHead(requirePositive(ringTicks, channels), channels),
                new BlockRing(ringTicks, channels),
                emptyTick);
    }

    private SeriesContext(ContextHead head, BlockRing blocks, EmptyTick emptyTick) {
        this.head = head;
        this.blocks = blocks;
        this.emptyTicks = new EmptyTicks(emptyTick, head.ringTicks);
    }

    private static int requirePositive(int ringTicks, int channels) {
        if (ringTicks < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "the ring has %d ticks and %d channels; expected at least 1 tick of 1 channel"
                            .formatted(ringTicks, channels));
        }
        return ringTicks;
    }

    /** An empty context for a model. */
    public static SeriesContext of(ForecastSpec spec) {
        return new SeriesContext(spec.ringTicks(), spec.channelCount(), spec.emptyTick());
    }

    /**
     * The context that lies in a store. It reads from the store as long as it is used, and changes
     * what it has read in place.
     *
     * <p>One that was written for a ring of another length is read as a whole, as {@link #withRing}
     * says.
     *
     * @param ringTicks ticks in the ring, at least 1
     * @param emptyTick what a tick without a reading is, as it was
     */
    public static Optional<SeriesContext> open(
            ContextStore store, int ringTicks, EmptyTick emptyTick) {
        ContextHead head = store.head();
        if (head == null) {
            return Optional.empty();
        }
        BlockRing blocks =
                head.empty
                        ? new BlockRing(head.ringTicks, head.channels())
                        : BlockRing.in(
                                store,
                                head.ringTicks,
                                head.channels(),
                                ContextBlock.numberOf(head.oldestTick()),
                                ContextBlock.numberOf(head.headTick));
        SeriesContext context = new SeriesContext(head, blocks, emptyTick);
        return Optional.of(head.ringTicks == ringTicks ? context : context.withRing(ringTicks));
    }

    /**
     * An independent copy with a ring of another length, to be written as a whole. With a shorter
     * ring it is the context that the shorter ring would have had by now: ticks that it has no room
     * for are forgotten, and a gap as long as it starts it anew. A longer ring knows nothing from
     * before the oldest block that was kept, and begins there. What fills ticks before the oldest
     * known reading is not taken over.
     *
     * @param other ticks in the ring, at least 1
     */
    public SeriesContext withRing(int other) {
        if (other == head.ringTicks) {
            return copy();
        }
        SeriesContext context = new SeriesContext(other, channels(), emptyTicks.rule());
        context.blocks.clear();
        if (head.empty) {
            return context;
        }
        blocks.readAll();
        long known = Math.max(head.firstTick, oldestBlock() * ContextBlock.TICKS);
        boolean goesOn = replay(known, context);
        if (!context.isEmpty() && goesOn) {
            context.head.firstTick = other > head.ringTicks ? known : head.firstTick;
        }
        return context;
    }

    /**
     * Gives the readings from a tick on to another context.
     *
     * @return whether that has begun with the first of them and not started anew since
     */
    private boolean replay(long from, SeriesContext other) {
        double[] values = new double[channels()];
        int[] weights = new int[channels()];
        int starts = 0;
        boolean goesOn = true;
        for (long tick = from; tick <= head.headTick; tick++) {
            ContextBlock block = blocks.block(ContextBlock.numberOf(tick));
            boolean isReading = false;
            for (int channel = 0; channel < values.length && block != null; channel++) {
                weights[channel] = block.weight(ContextBlock.placeOf(tick), channel);
                values[channel] =
                        weights[channel] > 0
                                ? block.value(ContextBlock.placeOf(tick), channel)
                                : Double.NaN;
                isReading |= weights[channel] > 0;
            }
            if (isReading && other.update(tick, values, weights) == Change.STARTED) {
                starts++;
                goesOn = tick - from < other.head.ringTicks;
            }
        }
        other.advanceTo(head.headTick);
        return starts == 1 && goesOn;
    }

    /** An independent copy, which lies in no store. */
    public SeriesContext copy() {
        SeriesContext copy =
                new SeriesContext(
                        head.copy(), new BlockRing(head.ringTicks, channels()), emptyTicks.rule());
        blocks.readAll();
        for (long number = oldestBlock();
                !head.empty && number <= ContextBlock.numberOf(head.headTick);
                number++) {
            ContextBlock block = blocks.block(number);
            if (block != null) {
                copy.blocks.put(number, block.copy());
            }
        }
        return copy;
    }

    /**
     * Writes the head, and the blocks that have changed since it was opened or written last.
     *
     * @param store the one it was opened from; of a new context the same one every time
     */
    public void writeTo(ContextStore store) {
        if (head.empty) {
            blocks.writeTo(store, Long.MAX_VALUE, 0);
        } else {
            blocks.writeTo(store, oldestBlock(), ContextBlock.numberOf(head.headTick));
        }
        store.putHead(head);
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
     * Takes one observed tick, whose values have weight 1.
     *
     * @param values one for each channel: finite, where magnitudes above {@link #LARGEST_MAGNITUDE}
     *     enter as that, or NaN where the channel is missing; at least one is finite
     * @throws IllegalArgumentException if one is infinite, all are NaN or they are not C
     */
    public Change update(long tickIndex, double[] values) {
        int[] weights = new int[values.length];
        Arrays.fill(weights, 1);
        return update(tickIndex, values, weights);
    }

    /**
     * Takes one observed tick.
     *
     * @param values as above
     * @param weights what they count for in a later {@link #merge}, 1 to {@link
     *     TickAccumulator#MAX_WEIGHT}
     * @throws IllegalArgumentException if one is infinite, all are NaN or they are not C
     */
    public Change update(long tickIndex, double[] values, int[] weights) {
        requireValues(tickIndex, values);
        Change change = enter(tickIndex);
        if (change != Change.IGNORED_TOO_OLD) {
            put(tickIndex, values, weights);
        }
        return change;
    }

    /**
     * Takes a piece of a tick. In a channel where the tick has a reading already, the piece joins
     * it: means by their weights; sums and counts are added; of minima, maxima and last values one
     * remains. Elsewhere the piece is the value.
     *
     * @param piece of C channels, not empty
     * @param aggregate of the values in this context
     * @param tickMillis length of a tick
     * @throws IllegalArgumentException if the piece is empty or not of C channels
     */
    public Change merge(
            long tickIndex, TickAccumulator piece, TickAggregate aggregate, long tickMillis) {
        double[] values = piece.values(aggregate);
        requireValues(tickIndex, values);
        Change change = enter(tickIndex);
        if (change == Change.IGNORED_TOO_OLD) {
            return change;
        }
        int[] weights = new int[values.length];
        ContextBlock block = blocks.block(ContextBlock.numberOf(tickIndex));
        int place = ContextBlock.placeOf(tickIndex);
        for (int channel = 0; channel < values.length; channel++) {
            weights[channel] = piece.weight(channel, aggregate, tickIndex * tickMillis, tickMillis);
            if (block != null && weights[channel] > 0 && block.weight(place, channel) > 0) {
                double known = block.value(place, channel);
                int weight = block.weight(place, channel);
                values[channel] =
                        joined(aggregate, known, weight, values[channel], weights[channel]);
                weights[channel] =
                        aggregate == TickAggregate.LAST
                                ? Math.max(weight, weights[channel])
                                : Math.min(weight + weights[channel], TickAccumulator.MAX_WEIGHT);
            }
        }
        put(tickIndex, values, weights);
        return change;
    }

    private static double joined(
            TickAggregate aggregate, double known, int knownWeight, double value, int weight) {
        return switch (aggregate) {
            case MEAN -> known + (value - known) * weight / (knownWeight + weight);
            case SUM, COUNT -> known + value;
            case LAST -> weight >= knownWeight ? value : known;
            case MIN -> Math.min(known, value);
            case MAX -> Math.max(known, value);
        };
    }

    /** Makes room for an observed tick: moves the head there, or finds it in the ring. */
    private Change enter(long tickIndex) {
        if (!head.empty && tickIndex <= head.headTick) {
            if (tickIndex <= head.headTick - head.ringTicks) {
                return Change.IGNORED_TOO_OLD;
            }
            if (tickIndex < head.firstTick) {
                head.firstTick = tickIndex;
            }
            return Change.REVISED;
        }
        if (!head.empty) {
            advanceTo(tickIndex - 1);
        }
        if (head.empty) {
            head.empty = false;
            head.firstTick = tickIndex;
            head.headTick = tickIndex;
            return Change.STARTED;
        }
        moveHead();
        return Change.APPENDED;
    }

    private void put(long tickIndex, double[] values, int[] weights) {
        for (int channel = 0; channel < values.length; channel++) {
            if (!Double.isNaN(values[channel])) {
                head.newestReading[channel] = Math.max(head.newestReading[channel], tickIndex);
                write(tickIndex, channel, bounded(values[channel]), Math.max(1, weights[channel]));
            }
        }
        for (int channel = 0;
                channel < values.length
                        && emptyTicks.rule().hasValue()
                        && tickIndex < head.headTick;
                channel++) {
            if (!Double.isNaN(values[channel])) {
                refillAfter(tickIndex, channel);
            }
        }
    }

    /** Fills the empty ticks from a reading on to the next one. */
    private void refillAfter(long reading, int channel) {
        double before = valueAt(reading, channel);
        for (long tick = reading + 1; tick <= head.headTick; tick++) {
            if (isReading(tick, channel)) {
                return;
            }
            before = emptyTicks.value(tick, reading, before);
            fill(tick, channel, before);
        }
    }

    /** Makes a tick what fills it, or missing. */
    private void fill(long tick, int channel, double value) {
        ContextBlock block = blocks.block(ContextBlock.numberOf(tick));
        boolean isThere = block != null && block.isObserved(ContextBlock.placeOf(tick), channel);
        if (isThere || !Double.isNaN(value)) {
            write(tick, channel, value, 0);
        }
    }

    /** Writes a value of the ring, or NaN, and counts what is observed. */
    private void write(long tick, int channel, double value, int weight) {
        long number = ContextBlock.numberOf(tick);
        int place = ContextBlock.placeOf(tick);
        ContextBlock block = blocks.changing(number);
        head.observedTicks -= block.isObserved(place) ? 1 : 0;
        head.observedOf[channel] -= block.isObserved(place, channel) ? 1 : 0;
        block.put(place, channel, value, weight);
        head.observedTicks += block.isObserved(place) ? 1 : 0;
        head.observedOf[channel] += block.isObserved(place, channel) ? 1 : 0;
        if (number == ContextBlock.numberOf(head.headTick - head.ringTicks + 1)) {
            head.oldestObserved[channel] = block.observed(channel);
        }
    }

    private static double bounded(double value) {
        return Math.max(-LARGEST_MAGNITUDE, Math.min(LARGEST_MAGNITUDE, value));
    }

    private void requireValues(long tickIndex, double[] values) {
        boolean observed = false;
        boolean finite = true;
        for (double value : values) {
            observed |= !Double.isNaN(value);
            finite &= !Double.isInfinite(value);
        }
        int channels = channels();
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

    /**
     * Moves the head to the given tick by appending ticks without a reading; does nothing where the
     * head is there already or the context is empty. Empties the context where the series does not
     * live at that tick any more.
     */
    public void advanceTo(long tickIndex) {
        if (head.empty || tickIndex <= head.headTick) {
            return;
        }
        if (!emptyTicks.isAlive(tickIndex, lastObservedTick())) {
            clear();
            return;
        }
        while (head.headTick < tickIndex) {
            moveHead();
        }
    }

    /** Makes the tick after the head the new head, one without a reading. */
    private void moveHead() {
        head.headTick++;
        long leaving = head.headTick - head.ringTicks;
        int place = ContextBlock.placeOf(leaving);
        int any = 0;
        for (int channel = 0; channel < channels(); channel++) {
            int observed = head.oldestObserved[channel] >>> place & 1;
            head.observedOf[channel] -= observed;
            any |= observed;
        }
        head.observedTicks -= any;
        if (place == ContextBlock.TICKS - 1) {
            blocks.drop(ContextBlock.numberOf(leaving));
            readOldestObserved();
        }
        for (int channel = 0;
                channel < channels() && emptyTicks.rule().hasValue() && head.ringTicks > 1;
                channel++) {
            double before = valueAt(head.headTick - 1, channel);
            fill(
                    head.headTick,
                    channel,
                    emptyTicks.value(head.headTick, head.newestReading[channel], before));
        }
    }

    private void readOldestObserved() {
        ContextBlock oldest =
                blocks.block(ContextBlock.numberOf(head.headTick - head.ringTicks + 1));
        for (int channel = 0; channel < channels(); channel++) {
            head.oldestObserved[channel] = oldest == null ? 0 : oldest.observed(channel);
        }
    }

    private void clear() {
        head.clear();
        blocks.clear();
    }

    /**
     * Whether there is no tick at all: nothing came yet, or no observed tick is left in the ring.
     */
    public boolean isEmpty() {
        return head.empty;
    }

    /** The newest tick, observed or missing. */
    public long headTick() {
        requireTicks();
        return head.headTick;
    }

    /** The tick the context (re)started with; it may have left the ring. */
    public long firstTick() {
        requireTicks();
        return head.firstTick;
    }

    /**
     * Observed ticks in the ring: those with a value of any channel, be it of readings or what
     * fills an empty tick.
     */
    public int observedTicks() {
        return head.observedTicks;
    }

    /** Ticks in the ring at which a channel is observed. */
    public int observedTicks(int channel) {
        return head.observedOf[channel];
    }

    /** Whether so many ticks or more lie between the first tick and the head, both included. */
    public boolean spans(int ticks) {
        return !head.empty && head.headTick - head.firstTick + 1 >= ticks;
    }

    /** Ticks that the ring has room for. */
    public int ringTicks() {
        return head.ringTicks;
    }

    /** C, series that share this context. */
    public int channels() {
        return head.channels();
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
        ContextBlock block = blockOf(tickIndex);
        return block == null ? Double.NaN : block.value(ContextBlock.placeOf(tickIndex), channel);
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
        return weightAt(tickIndex, channel) > 0;
    }

    /**
     * The weight of a channel's value at a tick of the ring; 0 where it is missing or fills an
     * empty tick.
     *
     * @throws IllegalArgumentException if the tick is outside the ring
     */
    public int weightAt(long tickIndex, int channel) {
        ContextBlock block = blockOf(tickIndex);
        return block == null ? 0 : block.weight(ContextBlock.placeOf(tickIndex), channel);
    }

    private ContextBlock blockOf(long tickIndex) {
        requireTicks();
        if (tickIndex > head.headTick || tickIndex <= head.headTick - head.ringTicks) {
            throw new IllegalArgumentException(
                    "tick %d is outside the ring; expected %d to %d"
                            .formatted(
                                    tickIndex, head.headTick - head.ringTicks + 1, head.headTick));
        }
        return blocks.block(ContextBlock.numberOf(tickIndex));
    }

    /** Reads the whole ring from where it lies, for those who are about to look at every tick. */
    public void readAll() {
        blocks.readAll();
    }

    /**
     * Copies the newest values of a channel, NaN where they are missing, the oldest of them first.
     *
     * @param target as many as are wanted, at most as many as the ring has room for
     */
    void copyNewest(int channel, double[] target) {
        requireTicks();
        long tick = head.headTick - target.length + 1;
        for (int copied = 0; copied < target.length; ) {
            ContextBlock block = blocks.block(ContextBlock.numberOf(tick));
            int place = ContextBlock.placeOf(tick);
            int count = Math.min(ContextBlock.TICKS - place, target.length - copied);
            if (block == null) {
                Arrays.fill(target, copied, copied + count, Double.NaN);
            } else {
                block.copy(place, channel, target, copied, count);
            }
            copied += count;
            tick += count;
        }
    }

    /** The newest observed value of the ring; of several channels, the first. */
    public double lastObserved() {
        return lastObserved(0);
    }

    /** The newest value of a channel in the ring; NaN where there is none. */
    public double lastObserved(int channel) {
        requireTicks();
        if (head.observedOf[channel] == 0) {
            return Double.NaN;
        }
        long tick = emptyTicks.rule().hasValue() ? head.headTick : head.newestReading[channel];
        while (Double.isNaN(valueAt(tick, channel))) {
            tick--;
        }
        return valueAt(tick, channel);
    }

    /** The newest tick with a reading; it is in the ring. What fills empty ticks is none. */
    public long lastObservedTick() {
        requireTicks();
        long newest = ContextHead.NONE;
        for (long ofChannel : head.newestReading) {
            newest = Math.max(newest, ofChannel);
        }
        return newest;
    }

    /** The oldest tick that is both in the ring and not before the first tick. */
    long oldestTick() {
        return head.oldestTick();
    }

    private long oldestBlock() {
        return ContextBlock.numberOf(head.oldestTick());
    }

    /** Where it stands, for {@link #restore}; empty where the context is. */
    public Optional<Mark> mark() {
        return head.empty ? Optional.empty() : Optional.of(new Mark(head.headTick, head.firstTick));
    }

    /**
     * The context as it was when it was marked, with readings of weight 1.
     *
     * @param ringTicks as it was
     * @param channels C, as it was
     * @param emptyTick as it was
     * @param values of the ticks of the ring
     */
    public static SeriesContext restore(
            Mark mark, int ringTicks, int channels, EmptyTick emptyTick, ChannelValues values) {
        SeriesContext context = new SeriesContext(ringTicks, channels, emptyTick);
        context.head.empty = false;
        context.head.headTick = mark.headTick();
        context.head.firstTick = mark.firstTick();
        for (long tick = context.oldestTick(); tick <= mark.headTick(); tick++) {
            for (int channel = 0; channel < channels; channel++) {
                double value = values.at(tick, channel);
                if (!Double.isNaN(value)) {
                    boolean isReading = values.isReading(tick, channel);
                    context.write(tick, channel, bounded(value), isReading ? 1 : 0);
                    context.head.newestReading[channel] =
                            isReading ? tick : context.head.newestReading[channel];
                }
            }
        }
        return context;
    }

    private void requireTicks() {
        if (head.empty) {
            throw new IllegalStateException("the context is empty; expected at least one tick");
        }
    }
}
