package io.tickformer.inference.incremental;

import io.tickformer.context.FrameHistory;
import io.tickformer.context.SeriesContext;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;

/**
 * An entry of the cache: the series it belongs to, and which of its tokens are cached. An entry is
 * made once and given to one series after another.
 *
 * <p>Each phase has a ring of W - 1 tokens. The order of the tokens in a ring does not matter,
 * because their keys carry their positions.
 */
final class CacheEntry {
    private static final long NONE = Long.MIN_VALUE;

    private final int index;
    private final int phases;
    private final int bridgedTicks;
    private final int ring;
    private final FrameHistory frames;

    /** For each phase the tick of its newest token, or {@link #NONE}. */
    private final long[] newest;

    /** For each phase the number of tokens put into its ring; once full, modulo its size. */
    private final int[] taken;

    /** For each phase whether its newest token is still to be computed. */
    private final boolean[] pending;

    private int pendingTokens;
    private String series;
    private boolean started;
    private int observedTicks;

    /**
     * @param index number of the entry
     * @param window W
     */
    CacheEntry(int index, ForecastSpec spec, int window) {
        this.index = index;
        this.phases = spec.network().patchLength();
        this.bridgedTicks = bridgedTicks(spec);
        this.ring = window - 1;
        this.frames = new FrameHistory(spec);
        this.newest = new long[phases];
        this.taken = new int[phases];
        this.pending = new boolean[phases];
    }

    /**
     * The number of ticks that a series may advance at once without a recomputation: two tokens of
     * each phase, which cost less than recomputing, as far as the ring of the context holds their
     * patches.
     */
    static int bridgedTicks(ForecastSpec spec) {
        int phases = spec.network().patchLength();
        return Math.max(phases, Math.min(2 * phases, spec.contextLength() - phases + 1));
    }

    int index() {
        return index;
    }

    /** The series it belongs to; null for none. */
    String series() {
        return series;
    }

    /** Gives the entry to a series, or to none. */
    void assign(String owner) {
        series = owner;
        forget();
    }

    /** Forgets all tokens, because a tick of the past has changed. */
    void forget() {
        started = false;
        Arrays.fill(newest, NONE);
    }

    /** Forgets all tokens, and that some are pending: they will not be computed. */
    void discard() {
        forget();
        Arrays.fill(pending, false);
        pendingTokens = 0;
    }

    /** Forgets the tokens of a phase. Its next token needs the whole context. */
    void forget(int phase) {
        newest[phase] = NONE;
    }

    /** The frames up to the newest tick of this entry. */
    FrameHistory frames() {
        return frames;
    }

    /** The newest tick up to which it has followed its series. */
    long tick() {
        return frames.tick();
    }

    /** Observed ticks of the context when it was last seen; a measure of how often it ticks. */
    int observedTicks() {
        return observedTicks;
    }

    /**
     * Prepares for the ticks up to the head of a context. Continues from the newest tick of this
     * entry if it can; otherwise forgets all tokens and restarts just before the head.
     */
    void follow(SeriesContext context) {
        long head = context.headTick();
        observedTicks = context.observedTicks();
        boolean goesOn =
                started
                        && frames.tick() < head
                        && head - frames.tick() <= bridgedTicks
                        && context.firstTick() <= frames.tick();
        if (!goesOn) {
            forget();
            frames.restart(context);
            started = true;
        }
    }

    int phaseOf(long tick) {
        return Math.floorMod(tick, phases);
    }

    /** Whether the token at a tick can be computed from the cached ones. */
    boolean isCached(SeriesContext context, long tick) {
        return ring == 0 || isFirstToken(context, tick) || newest[phaseOf(tick)] == tick - phases;
    }

    /** Whether the token at a tick is the first one of its phase in a context. */
    boolean isFirstToken(SeriesContext context, long tick) {
        return tick - phases < context.firstTick();
    }

    /** Whether a token of a phase was added and is not computed yet. */
    boolean isPending(int phase) {
        return pending[phase];
    }

    boolean isPending() {
        return pendingTokens > 0;
    }

    /** Removes all tokens from a phase's ring. */
    void emptyRing(int phase) {
        taken[phase] = 0;
    }

    /** The number of tokens in a phase's ring, which the next token attends to. */
    int count(int phase) {
        return Math.min(taken[phase], ring);
    }

    /**
     * Adds a token to its phase's ring. It is then pending.
     *
     * @return its place in the ring; -1 where W is 1 and nothing is cached
     */
    int put(long tick) {
        int phase = phaseOf(tick);
        newest[phase] = tick;
        pending[phase] = true;
        pendingTokens++;
        if (ring == 0) {
            return -1;
        }
        int place = taken[phase] % ring;
        taken[phase] = taken[phase] == 2 * ring - 1 ? ring : taken[phase] + 1;
        return place;
    }

    /**
     * Fills a phase's ring with the newest tokens of a context. They are then pending.
     *
     * @return the number of tokens: all there are, or as many as the ring takes
     */
    int fill(SeriesContext context, long tick) {
        int phase = phaseOf(tick);
        long tokens = (tick - context.firstTick()) / phases + 1;
        int kept = (int) Math.min(tokens, ring);
        newest[phase] = tick;
        taken[phase] = kept;
        pending[phase] = true;
        pendingTokens++;
        return kept;
    }

    /** Marks the pending token of a phase as computed. */
    void computed(int phase) {
        pending[phase] = false;
        pendingTokens--;
    }
}
