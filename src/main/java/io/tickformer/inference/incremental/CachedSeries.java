package io.tickformer.inference.incremental;

import io.tickformer.context.FrameTrail;
import io.tickformer.context.SeriesContext;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;

/**
 * A slot of the cache: whose it is, and what it holds of that series. Made once for each slot and
 * used again.
 *
 * <p>Each phase has a ring of W - 1 tokens. The order of tokens in a ring does not matter, since
 * their keys carry their positions.
 */
final class CachedSeries {
    private static final long NONE = Long.MIN_VALUE;

    private final int slot;
    private final int phases;
    private final int bridgedTicks;
    private final int ring;
    private final FrameTrail trail;

    /** For each phase the tick of its newest token, or {@link #NONE}. */
    private final long[] newest;

    /** For each phase how many tokens were put into its ring, modulo its size once it is full. */
    private final int[] taken;

    /** For each phase whether its newest token is still to be computed. */
    private final boolean[] pending;

    private int pendingTokens;
    private String series;
    private boolean started;
    private int observedTicks;

    /**
     * @param window W
     */
    CachedSeries(int slot, ForecastSpec spec, int window) {
        this.slot = slot;
        this.phases = spec.network().patchLength();
        this.bridgedTicks = bridgedTicks(spec);
        this.ring = window - 1;
        this.trail = new FrameTrail(spec);
        this.newest = new long[phases];
        this.taken = new int[phases];
        this.pending = new boolean[phases];
    }

    /**
     * Ticks that a series may move on by at once and still be followed: two tokens of each phase,
     * which cost less than a recomputation, as far as the ring of a context holds their patches.
     */
    static int bridgedTicks(ForecastSpec spec) {
        int phases = spec.network().patchLength();
        return Math.max(phases, Math.min(2 * phases, spec.contextLength() - phases + 1));
    }

    int slot() {
        return slot;
    }

    /** The series it belongs to; null for none. */
    String series() {
        return series;
    }

    /** Gives the slot to a series, or to none. */
    void assign(String owner) {
        series = owner;
        forget();
    }

    /** Forgets what it holds: something of the past has changed. */
    void forget() {
        started = false;
        Arrays.fill(newest, NONE);
    }

    /** Forgets the tokens of a phase, whose next one then asks for the whole context. */
    void forget(int phase) {
        newest[phase] = NONE;
    }

    FrameTrail trail() {
        return trail;
    }

    /** The newest tick it has followed its series to. */
    long tick() {
        return trail.tick();
    }

    /** Observed ticks of the context when it was last seen: how often the series ticks. */
    int observedTicks() {
        return observedTicks;
    }

    /**
     * Gets ready for the ticks up to the head of a context: goes on from where it is or, where that
     * is not possible, starts anew just before the head.
     */
    void follow(SeriesContext context) {
        long head = context.headTick();
        observedTicks = context.observedTicks();
        boolean goesOn =
                started
                        && trail.tick() < head
                        && head - trail.tick() <= bridgedTicks
                        && context.firstTick() <= trail.tick();
        if (!goesOn) {
            forget();
            trail.restart(context);
            started = true;
        }
    }

    int phaseOf(long tick) {
        return Math.floorMod(tick, phases);
    }

    /** Whether a token can be computed from those that are kept; all of them, if there are any. */
    boolean canStep(SeriesContext context, long tick) {
        return ring == 0 || begins(context, tick) || newest[phaseOf(tick)] == tick - phases;
    }

    private boolean begins(SeriesContext context, long tick) {
        return tick - phases < context.firstTick();
    }

    /** Whether a token has been put into a phase and not been computed yet. */
    boolean isPending(int phase) {
        return pending[phase];
    }

    boolean isPending() {
        return pendingTokens > 0;
    }

    /** Tokens in a phase's ring that the token at a tick attends to. */
    int count(SeriesContext context, long tick) {
        int phase = phaseOf(tick);
        if (ring == 0 || begins(context, tick)) {
            taken[phase] = 0;
        }
        return Math.min(taken[phase], ring);
    }

    /**
     * Puts a token into a phase's ring, to be computed.
     *
     * @return its place in the ring; -1 where nothing is kept
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
     * Fills a phase's ring with the newest tokens of a context, to be computed.
     *
     * @return how many tokens: all that there are, or as many as the ring takes
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

    /** A token that was pending has been computed. */
    void computed(int phase) {
        pending[phase] = false;
        pendingTokens--;
    }
}
