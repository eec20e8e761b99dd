package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;

/**
 * Decides when a tick of a series is over, so that it is appended to the context and forecast.
 *
 * <p>The watermark is the time of the whole stream. Most ticks end with it: their window fires
 * once, with all their readings. But some series are far from the watermark: a device whose clock
 * is wrong, a partition that was offline, an upload sorted by series. They must not cost other
 * series a reading or a forecast, nor lose their own. So a window far from the watermark fires at
 * every reading, and its {@linkplain TickPiece pieces} are merged here. A tick is over
 *
 * <ul>
 *   <li><b>with the watermark</b>: its window fired as the watermark passed its end;
 *   <li><b>by number</b>: it has as many readings as the user says a tick has;
 *   <li><b>by the series' own time</b>: a reading is later than its end by the out-of-orderness;
 *   <li><b>when the series is quiet</b>: the series is behind the watermark, and the watermark has
 *       passed the end of a tick {@value #ENDS_TO_QUIET} times since its last reading. At the usual
 *       pace of the stream that takes longer than a tick. A watermark that passes many ticks at
 *       once counts once.
 * </ul>
 *
 * <p>Ticks close in order. A tick that the watermark will end soon may wait in its window, where
 * this class does not see it. As long as that is possible, the series' own time closes no later
 * tick. So the ticks of a series that is only a little ahead end with the watermark.
 *
 * <p>The decisions depend on the order of readings and watermarks, and on no clock.
 */
@Internal
public final class TickClosing {
    /** The number of ends of ticks that the watermark passes until a series behind it is quiet. */
    static final int ENDS_TO_QUIET = 3;

    private final TickClosingTimes times;
    private final int channels;
    private final boolean isRestored;

    /**
     * @param channels C
     * @param isRestored whether windows may hold ticks before the first watermark: those that were
     *     open at the checkpoint
     */
    public TickClosing(TickClosingTimes times, int channels, boolean isRestored) {
        this.times = times;
        this.channels = channels;
        this.isRestored = isRestored;
    }

    /**
     * Whether a piece completes its tick and the series is not behind the watermark. If it is
     * behind, its open ticks must record the time of the reading.
     */
    boolean isOverAtOnce(TickPiece piece, long watermark) {
        return piece.index() > times.lastEnded(watermark) && isOver(piece, watermark);
    }

    /**
     * Whether a piece completes its tick.
     *
     * @param watermark the operator's watermark; a window that fires with the next watermark is
     *     ahead of it
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
     * Adds a piece of a tick that is newer than the context.
     *
     * @param head the newest tick of the context; {@link OpenTicks#NONE} if it is empty
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
     * Whether a series is so far ahead that none of its future readings waits in a window before
     * the watermark reaches the given time. If not, its open ticks end with the watermark.
     */
    private boolean isFarAhead(OpenTicks open, long watermark) {
        long oldestToCome = open.newestMillis(Long.MAX_VALUE) - times.outOfOrdernessMillis();
        return times.indexOf(oldestToCome) > times.lastAwaited(watermark);
    }

    /** The last tick that is over at the watermark. */
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

    /** The watermark at which to call {@link #over} next; later than the given one. */
    long nextTime(OpenTicks open, long watermark) {
        long due = open.isLively() ? open.nextEnd() : times.end(open.oldest());
        if (open.freeAt() != OpenTicks.NONE) {
            due = Math.min(due, open.freeAt());
        }
        return Math.max(due, watermark == Long.MAX_VALUE ? watermark : watermark + 1);
    }
}
