package io.tickformer.context;

import io.tickformer.annotation.Internal;
import io.tickformer.event.EmptyTickFiller;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalNaive;
import java.util.Arrays;
import java.util.Optional;

/**
 * The sliding context of one series, or of the C channels of a record: the newest ticks up to the
 * head, as many as a forecast can depend on.
 *
 * <p><b>Ring.</b> Ticks enter at the head only, and leave when the ring is full. A forecast depends
 * on the ticks in the ring and on nothing else.
 *
 * <p><b>Channels.</b> All channels share the head, the first tick and the ring. A tick is observed
 * if any channel has a value there.
 *
 * <p><b>Gaps.</b> {@link EmptyTickFiller} says what the ticks without a reading between the head
 * and a new tick become: missing, zero, or the value of the tick before. A channel that never had a
 * reading stays missing. A value that fills an empty tick counts as observed for a forecast, but it
 * is not a reading: when no reading is left in the ring, the context empties, and the next reading
 * starts it anew. {@link #advanceTo} does this for a tick that ended without a reading.
 *
 * <p><b>Late revisions.</b> A tick at or before the head that is still in the ring replaces the
 * values that are there, in the channels it has, or is merged into them. The values that fill the
 * empty ticks after it are computed again. The result is the same as if the tick had come in time.
 * If the tick is older than the first tick, it becomes the first tick.
 *
 * <p><b>State.</b> {@link #open} and {@link #writeTo} read and write a context in a {@link
 * ContextStore}, block by block.
 *
 * <p>Mutable and not thread-safe: it changes once per tick.
 */
@Internal
public final class SeriesContext {
    /**
     * The largest magnitude of a value. Larger ones are replaced by it. It is far beyond any
     * measurement, and it keeps squares, sums and forecasts finite in single precision.
     */
    public static final double LARGEST_MAGNITUDE = 1e30;

    private final ContextRing ring;
    private final EmptyTickFiller emptyTicks;

    /**
     * Makes an empty context of one series, whose empty ticks are missing.
     *
     * @param ringTicks ticks in the ring, at least 1
     */
    public SeriesContext(int ringTicks) {
        this(ringTicks, 1);
    }

    /**
     * Makes an empty context whose empty ticks are missing.
     *
     * @param ringTicks ticks in the ring, at least 1
     * @param channels C, at least 1
     */
    public SeriesContext(int ringTicks, int channels) {
        this(ringTicks, channels, EmptyTickPolicy.MISSING);
    }

    /**
     * Makes an empty context.
     *
     * @param ringTicks ticks in the ring, at least 1
     * @param channels C, at least 1
     * @param emptyTick the meaning of a tick without a reading
     */
    public SeriesContext(int ringTicks, int channels, EmptyTickPolicy emptyTick) {
        this(ContextRing.empty(ringTicks, channels), emptyTick);
    }

    private SeriesContext(ContextRing ring, EmptyTickPolicy emptyTick) {
        this.ring = ring;
        this.emptyTicks = new EmptyTickFiller(emptyTick, ring.ringTicks());
    }

    /** Makes an empty context for a model. */
    public static SeriesContext of(ForecastSpec spec) {
        return new SeriesContext(spec.ringTicks(), spec.channelCount(), spec.emptyTick());
    }

    /**
     * Opens the context that a store holds. It keeps reading from the store, and changes in place
     * what it has read.
     *
     * <p>A context that was written with another ring length is read as a whole and converted by
     * {@link #withRing}.
     *
     * @param ringTicks ticks in the ring, at least 1
     * @param emptyTick the meaning of a tick without a reading; the same as when it was written
     */
    public static Optional<SeriesContext> open(
            ContextStore store, int ringTicks, EmptyTickPolicy emptyTick) {
        ContextRing stored = ContextRing.open(store);
        if (stored == null) {
            return Optional.empty();
        }
        SeriesContext context = new SeriesContext(stored, emptyTick);
        return Optional.of(stored.ringTicks() == ringTicks ? context : context.withRing(ringTicks));
    }

    /**
     * Writes the head, and the blocks that have changed since the last write.
     *
     * @param store the store it was opened from; for a new context, the same store every time
     */
    public void writeTo(ContextStore store) {
        ring.writeTo(store);
    }

    /** Returns an independent copy, which lies in no store. */
    public SeriesContext copy() {
        return new SeriesContext(ring.copy(), emptyTicks.rule());
    }

    /**
     * Returns an independent copy with another ring length.
     *
     * <p>With a shorter ring, the copy equals the context that the shorter ring would have had by
     * now: ticks that it has no room for are dropped, and a gap as long as the shorter ring starts
     * the context anew. A longer ring knows nothing from before the oldest block that was kept, and
     * begins there. Values that fill ticks before the oldest known reading are dropped.
     *
     * <p>The copy replaces all blocks when it is written.
     *
     * @param other ticks in the new ring, at least 1
     */
    public SeriesContext withRing(int other) {
        if (other == ring.ringTicks()) {
            return copy();
        }
        SeriesContext context = new SeriesContext(other, channels(), emptyTicks.rule());
        context.ring.clear();
        if (ring.isEmpty()) {
            return context;
        }
        ring.readAll();
        long known = Math.max(ring.firstTick(), ring.oldestBlockStart());
        boolean goesOn = replay(known, context);
        if (!context.isEmpty() && goesOn) {
            context.ring.setFirstTick(other > ring.ringTicks() ? known : ring.firstTick());
        }
        return context;
    }

    /**
     * Adds the readings from a tick on to another context.
     *
     * @return whether the other context started with the first of them and did not restart since
     */
    private boolean replay(long from, SeriesContext other) {
        double[] values = new double[channels()];
        int[] weights = new int[channels()];
        int starts = 0;
        boolean goesOn = true;
        for (long tick = from; tick <= ring.headTick(); tick++) {
            boolean isReading = false;
            for (int channel = 0; channel < values.length; channel++) {
                weights[channel] = ring.weight(tick, channel);
                values[channel] = weights[channel] > 0 ? ring.value(tick, channel) : Double.NaN;
                isReading |= weights[channel] > 0;
            }
            if (isReading && other.update(tick, values, weights) == ContextChange.STARTED) {
                starts++;
                goesOn = tick - from < other.ringTicks();
            }
        }
        other.advanceTo(ring.headTick());
        return starts == 1 && goesOn;
    }

    /**
     * Takes one observed tick of a single series.
     *
     * @param value finite; a magnitude above {@link #LARGEST_MAGNITUDE} is reduced to it
     * @throws IllegalArgumentException if the value is NaN or infinite
     */
    public ContextChange update(long tickIndex, double value) {
        return update(tickIndex, new double[] {value});
    }

    /**
     * Takes one observed tick, whose values have weight 1.
     *
     * @param values one per channel: finite, where a magnitude above {@link #LARGEST_MAGNITUDE} is
     *     reduced to it, or NaN where the channel is missing; at least one is finite
     * @throws IllegalArgumentException if one is infinite, all are NaN, or their number is not C
     */
    public ContextChange update(long tickIndex, double[] values) {
        int[] weights = new int[values.length];
        Arrays.fill(weights, 1);
        return update(tickIndex, values, weights);
    }

    /**
     * Takes one observed tick.
     *
     * @param values as above
     * @param weights of the values in a later {@link #merge}, 1 to {@link
     *     TickAccumulator#MAX_WEIGHT}
     * @throws IllegalArgumentException if one is infinite, all are NaN, or their number is not C
     */
    public ContextChange update(long tickIndex, double[] values, int[] weights) {
        requireValues(tickIndex, values);
        ContextChange change = enter(tickIndex);
        if (change != ContextChange.IGNORED_TOO_OLD) {
            put(tickIndex, values, weights);
        }
        return change;
    }

    /**
     * Takes a piece of a tick. Where a channel has a reading at the tick already, both are {@link
     * TickAggregate#merged merged}. Elsewhere the value of the piece is the value of the tick.
     *
     * @param piece of C channels, not empty
     * @param aggregate of the values in this context
     * @param tickMillis length of a tick
     * @throws IllegalArgumentException if the piece is empty or not of C channels
     */
    public ContextChange merge(
            long tickIndex, TickAccumulator piece, TickAggregate aggregate, long tickMillis) {
        double[] values = piece.values(aggregate);
        requireValues(tickIndex, values);
        ContextChange change = enter(tickIndex);
        if (change == ContextChange.IGNORED_TOO_OLD) {
            return change;
        }
        int[] weights = new int[values.length];
        for (int channel = 0; channel < values.length; channel++) {
            int weight = piece.weight(channel, aggregate, tickIndex * tickMillis, tickMillis);
            int known = ring.weight(tickIndex, channel);
            boolean isMerged = weight > 0 && known > 0;
            if (isMerged) {
                double value = ring.value(tickIndex, channel);
                values[channel] = aggregate.merged(value, known, values[channel], weight);
            }
            weights[channel] = isMerged ? aggregate.mergedWeight(known, weight) : weight;
        }
        put(tickIndex, values, weights);
        return change;
    }

    /** Makes room for an observed tick: moves the head to it, or finds it in the ring. */
    private ContextChange enter(long tickIndex) {
        if (!ring.isEmpty() && tickIndex <= ring.headTick()) {
            if (!ring.reachesBackTo(tickIndex)) {
                return ContextChange.IGNORED_TOO_OLD;
            }
            if (tickIndex < ring.firstTick()) {
                ring.setFirstTick(tickIndex);
            }
            return ContextChange.REVISED;
        }
        if (!ring.isEmpty()) {
            advanceTo(tickIndex - 1);
        }
        if (ring.isEmpty()) {
            ring.start(tickIndex);
            return ContextChange.STARTED;
        }
        moveHead();
        return ContextChange.APPENDED;
    }

    private void put(long tickIndex, double[] values, int[] weights) {
        for (int channel = 0; channel < values.length; channel++) {
            if (!Double.isNaN(values[channel])) {
                ring.putReading(tickIndex, channel, bounded(values[channel]), weights[channel]);
            }
        }
        if (!emptyTicks.rule().hasValue() || tickIndex == ring.headTick()) {
            return;
        }
        for (int channel = 0; channel < values.length; channel++) {
            if (!Double.isNaN(values[channel])) {
                refillAfter(tickIndex, channel);
            }
        }
    }

    /** Fills the empty ticks after a reading, up to the next reading. */
    private void refillAfter(long reading, int channel) {
        double before = ring.value(reading, channel);
        for (long tick = reading + 1; tick <= ring.headTick(); tick++) {
            if (isReading(tick, channel)) {
                return;
            }
            before = emptyTicks.value(tick, reading, before);
            ring.putFilled(tick, channel, before);
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
     * Moves the head to the given tick by appending ticks without a reading. Empties the context if
     * the series is no longer alive at that tick. Does nothing if the head is there already or the
     * context is empty.
     */
    public void advanceTo(long tickIndex) {
        if (ring.isEmpty() || tickIndex <= ring.headTick()) {
            return;
        }
        if (!emptyTicks.isAlive(tickIndex, lastObservedTick())) {
            ring.clear();
            return;
        }
        while (ring.headTick() < tickIndex) {
            moveHead();
        }
    }

    /** Appends one tick without a reading. */
    private void moveHead() {
        ring.advance();
        if (!emptyTicks.rule().hasValue() || ring.ringTicks() == 1) {
            return;
        }
        long tick = ring.headTick();
        for (int channel = 0; channel < channels(); channel++) {
            double before = ring.value(tick - 1, channel);
            ring.putFilled(
                    tick, channel, emptyTicks.value(tick, ring.newestReading(channel), before));
        }
    }

    /** Whether the context has no tick: no tick came yet, or no reading is left in the ring. */
    public boolean isEmpty() {
        return ring.isEmpty();
    }

    /** The newest tick, observed or missing. */
    public long headTick() {
        requireTicks();
        return ring.headTick();
    }

    /** The tick the context (re)started with; it may have left the ring. */
    public long firstTick() {
        requireTicks();
        return ring.firstTick();
    }

    /**
     * The number of observed ticks in the ring: ticks at which any channel has a value, from
     * readings or filled in.
     */
    public int observedTicks() {
        return ring.observedTicks();
    }

    /** The number of ticks in the ring at which a channel is observed. */
    public int observedTicks(int channel) {
        return ring.observedTicks(channel);
    }

    /** Whether the first tick to the head, both included, are at least so many ticks. */
    public boolean spans(int ticks) {
        return !ring.isEmpty() && ring.headTick() - ring.firstTick() + 1 >= ticks;
    }

    /** The number of ticks that the ring has room for. */
    public int ringTicks() {
        return ring.ringTicks();
    }

    /** C, the number of series that share this context. */
    public int channels() {
        return ring.channels();
    }

    /** The meaning of a tick without a reading. */
    public EmptyTickPolicy emptyTick() {
        return emptyTicks.rule();
    }

    /**
     * The value of the first channel at a tick of the ring; NaN where it is missing.
     *
     * @throws IllegalArgumentException if the tick is outside the ring
     */
    public double valueAt(long tickIndex) {
        return valueAt(tickIndex, 0);
    }

    /**
     * The value of a channel at a tick of the ring; NaN where it is missing.
     *
     * @throws IllegalArgumentException if the tick is outside the ring
     */
    public double valueAt(long tickIndex, int channel) {
        requireInRing(tickIndex);
        return ring.value(tickIndex, channel);
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
        requireInRing(tickIndex);
        return ring.weight(tickIndex, channel);
    }

    private void requireInRing(long tickIndex) {
        requireTicks();
        if (tickIndex > ring.headTick() || !ring.reachesBackTo(tickIndex)) {
            throw new IllegalArgumentException(
                    "tick %d is outside the ring; expected %d to %d"
                            .formatted(
                                    tickIndex,
                                    ring.headTick() - ring.ringTicks() + 1,
                                    ring.headTick()));
        }
    }

    private void requireTicks() {
        if (ring.isEmpty()) {
            throw new IllegalStateException("the context is empty; expected at least one tick");
        }
    }

    /** Reads the whole ring from the store at once, for callers that look at every tick. */
    public void readAll() {
        ring.readAll();
    }

    /**
     * Copies the newest values of a channel, the oldest of them first; NaN where they are missing.
     *
     * @param target as long as the number of ticks to copy, at most as many as the ring has
     */
    void copyNewest(int channel, double[] target) {
        requireTicks();
        ring.copyNewest(channel, target);
    }

    /**
     * Writes what seasonal naive says at the head: for each tick after it, the value one season
     * before. If that is missing or after the head, the value of the season before it, and so on;
     * NaN where the context has none.
     *
     * @param target as long as the horizon
     */
    public void copySeasonalNaive(int channel, SeasonalNaive naive, double[] target) {
        requireTicks();
        int period = naive.period();
        int distinct = Math.min(period, target.length);
        long oldest = Math.max(ring.firstTick(), ring.headTick() - ring.ringTicks() + 1);
        long first = ring.headTick() + 1 - period;
        int unknown = (int) Math.max(0, Math.min(distinct, oldest - first));
        Arrays.fill(target, 0, unknown, Double.NaN);
        ring.copy(channel, first + unknown, target, unknown, distinct - unknown);
        for (int i = unknown; i < distinct; i++) {
            long source = first + i - period;
            while (Double.isNaN(target[i]) && source >= oldest) {
                target[i] = ring.value(source, channel);
                source -= period;
            }
        }
        for (int i = distinct; i < target.length; i++) {
            target[i] = target[i - period];
        }
    }

    /** The newest observed value of the first channel in the ring; NaN where there is none. */
    public double lastObserved() {
        return lastObserved(0);
    }

    /** The newest observed value of a channel in the ring; NaN where there is none. */
    public double lastObserved(int channel) {
        requireTicks();
        if (ring.observedTicks(channel) == 0) {
            return Double.NaN;
        }
        long tick = emptyTicks.rule().hasValue() ? ring.headTick() : ring.newestReading(channel);
        while (Double.isNaN(ring.value(tick, channel))) {
            tick--;
        }
        return ring.value(tick, channel);
    }

    /** The newest tick with a reading; it is in the ring. Filled ticks do not count. */
    public long lastObservedTick() {
        requireTicks();
        long newest = ContextHead.NONE;
        for (int channel = 0; channel < channels(); channel++) {
            newest = Math.max(newest, ring.newestReading(channel));
        }
        return newest;
    }
}
