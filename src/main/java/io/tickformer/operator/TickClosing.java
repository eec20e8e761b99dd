package io.tickformer.operator;

import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;

/**
 * Says when a tick of a series is over, so that it enters the context and is forecast.
 *
 * <p>The watermark is the time of the whole stream, and most ticks end with it: their window fires
 * once, with all that was read of them. But a device whose clock is ahead or behind, a partition
 * that was away and an upload sorted by series have a time of their own. Nobody's clock may take a
 * reading or a forecast from anybody, so a window away from the watermark fires at every reading,
 * and its {@linkplain TickPiece pieces} are put together here, where a tick is over
 *
 * <ul>
 *   <li><b>with the watermark</b>: its window fired as the watermark passed its end;
 *   <li><b>by number</b>: it has as many readings as a tick has, where the user says how many;
 *   <li><b>by the series' own time</b>: a reading came that is later than its end by the
 *       out-of-orderness;
 *   <li><b>when the series is quiet</b>: it is behind the watermark, which was seen to pass the end
 *       of a tick {@value #ENDS_TO_QUIET} times without a reading of the series. Where the stream
 *       goes on at its usual pace that is more than a tick, even if it passes the first of these
 *       ends late in its tick and the last one early; and a leap over many ticks counts once.
 * </ul>
 *
 * <p>Ticks close in order. A tick that the watermark is about to end may wait in its window, unseen
 * from here: as long as one may, the series' own time closes nothing behind it. A series that is
 * only a little ahead always may have one, and ends with the watermark as the others do.
 *
 * <p>What is decided depends on the readings and watermarks in the order they come, and on no
 * clock.
 */
final class TickClosing {
    /** How often the watermark passes the end of a tick until a series behind it is quiet. */
    static final int ENDS_TO_QUIET = 3;

    private final TickTimes times;
    private final int channels;
    private final boolean isRestored;

    /**
     * @param channels C
     * @param isRestored whether ticks may wait in windows before the first watermark: those that
     *     were open at the checkpoint
     */
    TickClosing(TickTimes times, int channels, boolean isRestored) {
        this.times = times;
        this.channels = channels;
        this.isRestored = isRestored;
    }

    /**
     * Whether a piece is all that was to come of its tick, and of a series that is not behind: of
     * one that is, the open ticks know when it last sent something.
     */
    boolean isOverAtOnce(TickPiece piece, long watermark) {
        return piece.index() > times.lastEnded(watermark) && isOver(piece, watermark);
    }

    /**
     * Whether a piece is all that was to come of its tick.
     *
     * @param watermark that the operator has seen: a window that fired with the watermark is ahead
     *     of it
     */
    private boolean isOver(TickPiece piece, long watermark) {
        long end = times.end(piece.index());
        return (piece.watermark() >= end && watermark < end) || isWhole(piece.gathered());
    }

    private boolean isWhole(TickAccumulator gathered) {
        if (times.readings() == 0) {
            return false;
        }
        for (int channel = 0; channel < channels; channel++) {
            if (gathered.count(channel) < times.readings()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Adds a piece of a tick after the head.
     *
     * @param head the newest tick of the context; {@link OpenTicks#NONE} where that is empty
     * @return the last tick that is over, {@link OpenTicks#NONE} for none
     */
    long add(OpenTicks open, TickPiece piece, long head, long watermark) {
        long index = piece.index();
        long ended = times.lastEnded(watermark);
        boolean isOver = isOver(piece, watermark);
        open.add(index, piece.gathered());
        if (index <= ended) {
            open.heard(times.endAfter(watermark), ENDS_TO_QUIET);
        }
        if (isOver || isWhole(open.gathered(index))) {
            return index;
        }
        if (isRestored && watermark == Long.MIN_VALUE) {
            return OpenTicks.NONE;
        }
        if (index <= ended) {
            return Math.min(ended, overByOwnTime(open, ended));
        }
        long awaited = times.lastAwaited(watermark);
        if (times.readings() > 0 || head >= awaited) {
            return overByOwnTime(open, Long.MAX_VALUE);
        }
        if (open.freeAt() == OpenTicks.NONE && isFarAhead(open, times.end(awaited))) {
            open.freeAt(times.end(awaited));
        }
        return OpenTicks.NONE;
    }

    /**
     * Whether a series is so far ahead that none of its readings to come waits in a window until
     * the watermark is at the given time. Where it is not, they may, and its open ticks end with
     * the watermark.
     */
    private boolean isFarAhead(OpenTicks open, long watermark) {
        long oldestToCome = open.newestMillis(Long.MAX_VALUE) - times.outOfOrdernessMillis();
        return times.indexOf(oldestToCome) > times.lastAwaited(watermark);
    }

    /** The last tick that is over now that the watermark has moved on. */
    long over(OpenTicks open, long watermark) {
        if (open.isLively() && watermark >= open.nextEnd()) {
            open.moved(times.endAfter(watermark));
        }
        boolean isLast = watermark == Long.MAX_VALUE;
        long over = open.isLively() && !isLast ? OpenTicks.NONE : times.lastEnded(watermark);
        if (open.freeAt() != OpenTicks.NONE && watermark >= open.freeAt()) {
            open.freeAt(OpenTicks.NONE);
            return Math.max(over, overByOwnTime(open, Long.MAX_VALUE));
        }
        return over;
    }

    private long overByOwnTime(OpenTicks open, long last) {
        long newest = open.newestMillis(last);
        return newest == OpenTicks.NONE
                ? OpenTicks.NONE
                : times.lastEnded(newest - times.outOfOrdernessMillis() - 1);
    }

    /** The watermark at which {@link #over} is to be asked next, later than the given one. */
    long nextTime(OpenTicks open, long watermark) {
        long due = open.isLively() ? open.nextEnd() : times.end(open.oldest());
        if (open.freeAt() != OpenTicks.NONE) {
            due = Math.min(due, open.freeAt());
        }
        return Math.max(due, watermark == Long.MAX_VALUE ? watermark : watermark + 1);
    }
}
