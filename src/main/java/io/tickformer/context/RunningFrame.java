package io.tickformer.context;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.Normalisation;
import java.util.function.LongToDoubleFunction;

/**
 * Computes the frame of one series at each tick, as a function of the newest 2B ticks.
 *
 * <p><b>Staggered recursions.</b> A recursion over all of the past never forgets. So a new one
 * starts with every block of B ticks (block 0 starts at tick 0) and lives for two blocks. In its
 * first block it runs beside the older one, which started a block earlier; in its second block it
 * is the older one itself. The frame is a weighted mean of the two. The weight of the younger one
 * is 0 until it has seen enough values, and then grows to 1 at the end of the block, where the
 * older one ends. So the frame does not jump, and it depends on no tick older than 2B.
 *
 * <p>Blocks lie on the grid of all ticks. So a replay that starts with the block before that of a
 * tick gives the same frames from that tick on, bit for bit.
 *
 * <p>Mutable and not thread-safe: it runs once per tick.
 */
@Internal
public final class RunningFrame {
    private final int blockTicks;
    private RobustStatistics older;
    private RobustStatistics younger;
    private long next;

    /** The place in the block at which the younger recursion had seen enough values; B before. */
    private int youngerReady;

    /** Makes a frame that has seen no tick; a restart or replay must come first. */
    public RunningFrame(Normalisation normalisation) {
        this.blockTicks = normalisation.blockTicks();
        this.older = new RobustStatistics(normalisation.halfLifeTicks());
        this.younger = new RobustStatistics(normalisation.halfLifeTicks());
    }

    /** The first tick that the frame at a tick depends on. */
    public static long start(long tick, int blockTicks) {
        return (Math.floorDiv(tick, blockTicks) - 1) * blockTicks;
    }

    /**
     * Forgets everything and continues with the first tick of a block. Frames are valid from the
     * next block on.
     */
    void restart(long tick) {
        older.reset();
        younger.reset();
        next = tick;
        youngerReady = blockTicks;
    }

    /**
     * Restarts and takes ticks of a context.
     *
     * @param first the first tick of a block, see {@link #start}
     */
    void replay(SeriesContext context, int channel, long first, long last) {
        replay(tick -> context.valueAt(tick, channel), first, last);
    }

    /**
     * Restarts and takes ticks of a series.
     *
     * @param values the value of a tick; NaN where it is missing
     * @param first the first tick of a block, see {@link #start}
     */
    public void replay(LongToDoubleFunction values, long first, long last) {
        restart(first);
        for (long tick = first; tick <= last; tick++) {
            add(values.applyAsDouble(tick));
        }
    }

    /** Takes the next tick: a finite value, or NaN where the tick is missing. */
    void add(double value) {
        int place = Math.floorMod(next, blockTicks);
        if (place == 0) {
            RobustStatistics ended = older;
            older = younger;
            younger = ended;
            younger.reset();
            youngerReady = blockTicks;
        }
        older.add(value);
        younger.add(value);
        if (youngerReady == blockTicks && younger.hasBegun()) {
            youngerReady = place;
        }
        next++;
    }

    /** The frame at the newest tick. */
    Frame frame() {
        return isKnown() ? new Frame(location(), scale()) : Frame.UNKNOWN;
    }

    /** Whether there is a frame: at least one tick that it depends on is observed. */
    boolean isKnown() {
        return older.isKnown();
    }

    /** The location; 0 if there is no frame. */
    double location() {
        double share = share();
        return (1 - share) * older.location() + share * younger.location();
    }

    /** The scale; 0 if there is no frame. */
    public double scale() {
        double share = share();
        return (1 - share) * older.scale() + share * younger.scale();
    }

    /** The weight of the younger recursion. */
    private double share() {
        int place = Math.floorMod(next - 1, blockTicks);
        return place <= youngerReady
                ? 0
                : (double) (place - youngerReady) / (blockTicks - 1 - youngerReady);
    }
}
