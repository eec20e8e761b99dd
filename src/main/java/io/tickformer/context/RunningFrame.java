package io.tickformer.context;

import io.tickformer.spec.Normalisation;
import java.util.function.LongToDoubleFunction;

/**
 * The frame of one series at its newest tick, tick after tick: a function of the newest 2B ticks.
 *
 * <p><b>Staggered recursions.</b> A recursion over all of the past never forgets. So one begins
 * with every block of B ticks, block 0 at tick 0, and lives for two blocks: in its first block it
 * grows up beside the one that began a block earlier, and in its second it is the older one. The
 * frame is a crossfade from the older to the younger: while the younger has seen too few values it
 * weighs nothing, and then ever more, up to everything at the end of the block, where the older one
 * ends. So the frame does not jump, and no tick is older than 2B when it counts last.
 *
 * <p>As blocks lie on the grid of all ticks, a replay that begins with the block before the one of
 * a tick gives the frames from that tick on, bit for bit.
 *
 * <p>Mutable and not thread-safe: it runs once a tick.
 */
public final class RunningFrame {
    private final int blockTicks;
    private RobustStatistics older;
    private RobustStatistics younger;
    private long next;

    /** Where in the block the younger recursion had seen enough; the end of the block before. */
    private int grownUp;

    /** A frame that knows no tick; a restart or replay comes first. */
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
     * Forgets everything, to go on with the first tick of a block; frames are those of the series
     * from the next block on.
     */
    void restart(long tick) {
        older.reset();
        younger.reset();
        next = tick;
        grownUp = blockTicks;
    }

    /**
     * Goes to a tick by replaying a context from another one on.
     *
     * @param first where a block begins, such as {@link #start} says
     */
    void replay(SeriesContext context, int channel, long first, long last) {
        replay(tick -> context.valueAt(tick, channel), first, last);
    }

    /**
     * Goes to a tick by replaying values from another one on.
     *
     * @param values of ticks; NaN where they are missing
     * @param first where a block begins, such as {@link #start} says
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
            grownUp = blockTicks;
        }
        older.add(value);
        younger.add(value);
        if (grownUp == blockTicks && younger.observed() == RobustStatistics.BEGINNING) {
            grownUp = place;
        }
        next++;
    }

    /** The frame at the newest tick. */
    Frame frame() {
        return isKnown() ? new Frame(location(), scale()) : Frame.UNKNOWN;
    }

    /** Whether any of the ticks that count is observed. */
    boolean isKnown() {
        return older.isKnown();
    }

    /** The location; 0 where there is no frame. */
    double location() {
        double share = share();
        return (1 - share) * older.location() + share * younger.location();
    }

    /** The scale; 0 where there is no frame. */
    public double scale() {
        double share = share();
        return (1 - share) * older.scale() + share * younger.scale();
    }

    /** Weight of the younger recursion. */
    private double share() {
        int place = Math.floorMod(next - 1, blockTicks);
        return place <= grownUp ? 0 : (double) (place - grownUp) / (blockTicks - 1 - grownUp);
    }
}
