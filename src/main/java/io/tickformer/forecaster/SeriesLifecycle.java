package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.context.ContextChange;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.ForecastSpec;
import java.util.Map;

/**
 * The ticks of series in a {@link SeriesStore}: closes them, revises them, continues silent series
 * and deletes expired ones. Every method but {@link #advance} works on the series that the store
 * holds at the time: in a job, that of Flink's current key.
 *
 * <p>A series has three event-time timers at most. <em>Open</em> closes ticks that are apart from
 * the watermark. <em>Expiry</em> is set when the state is created, and set again when it fires on a
 * series that lives, so that a tick costs no timer. <em>Silence</em> is set for the tick after the
 * newest one, if silent series are forecast, and appends an empty tick. A watermark may pass many
 * ticks at once, and its timers fire after the ticks it closes. So before a tick is appended, and
 * before a series expires, everything happens that earlier timers would have done: the forecasts
 * are the same however the watermark advances. The end of the input is no silence.
 */
@Internal
public final class SeriesLifecycle implements SeriesTimers.Handler {
    private final ForecastSpec spec;
    private final TickClosing closing;
    private final long expiryTicks;
    private final int silentTicks;
    private final SeriesStore store;
    private final SeriesTimers timers;
    private final Listener listener;

    /**
     * The watermark whose timers have fired. Windows that fire with the next one are ahead of it.
     */
    private long watermark = Long.MIN_VALUE;

    private boolean inputEnded;

    /** What follows from the ticks of a series. */
    public interface Listener {
        /** A tick was appended to a context. */
        void appended(String series, SeriesContext context);

        /** A context has started anew after a gap as long as its ring. */
        void restarted(String series);

        /** Late readings have changed a tick that the context holds. */
        void revised(TickPiece piece, SeriesContext context);

        /** A reading came too late: the context does not reach back to its tick. */
        void tooOld(TickPiece piece);

        /** The state of a series is deleted. */
        void expired(String series);
    }

    /**
     * @param expiryTicks ticks without an observation after which a series expires
     * @param silentTicks ticks without an observation that are still forecast
     */
    public SeriesLifecycle(
            ForecastSpec spec,
            TickClosing closing,
            int expiryTicks,
            int silentTicks,
            SeriesStore store,
            SeriesTimers timers,
            Listener listener) {
        this.spec = spec;
        this.closing = closing;
        this.expiryTicks = expiryTicks;
        this.silentTicks = silentTicks;
        this.store = store;
        this.timers = timers;
        this.listener = listener;
    }

    /** A watermark has come, whose timers are about to fire. */
    public void advance(long timestamp) {
        watermark = timestamp;
        inputEnded = timestamp == Long.MAX_VALUE;
    }

    /** Takes in a piece of a tick. */
    public void process(TickPiece piece) {
        SeriesContext context = store.context();
        long head = head(context);
        if (piece.index() <= head) {
            revise(piece, context);
            return;
        }
        OpenTicks open = store.openTicks();
        if (open == null) {
            if (closing.isOverAtOnce(piece, watermark)) {
                close(piece.series(), piece.index(), piece.gathered());
                return;
            }
            open = new OpenTicks();
        }
        long over = closing.add(open, piece, head, watermark);
        closeThrough(piece.series(), open, over);
        keep(open);
    }

    private static long head(SeriesContext context) {
        return context == null || context.isEmpty() ? OpenTicks.NONE : context.headTick();
    }

    /** Merges a piece into a tick that the context holds, if it reaches back to it. */
    private void revise(TickPiece piece, SeriesContext context) {
        ContextChange change = merge(context, piece.index(), piece.gathered());
        if (change == ContextChange.IGNORED_TOO_OLD) {
            listener.tooOld(piece);
            return;
        }
        store.putContext(context);
        watchForSilence(context);
        listener.revised(piece, context);
    }

    private ContextChange merge(SeriesContext context, long index, TickAccumulator gathered) {
        return context.merge(index, gathered, spec.aggregate(), spec.tickMillis());
    }

    /** Closes the open ticks up to the given one, the oldest first. */
    private void closeThrough(String series, OpenTicks open, long last) {
        Map.Entry<Long, TickAccumulator> tick = open.pollThrough(last);
        while (tick != null) {
            close(series, tick.getKey(), tick.getValue());
            tick = open.pollThrough(last);
        }
    }

    /** Appends a tick that is over. */
    private void close(String series, long index, TickAccumulator gathered) {
        SeriesContext context = store.context();
        boolean known = context != null;
        if (!known) {
            context = SeriesContext.of(spec);
            timers.expiryAt(Math.max(expiry(index, null), watermark));
        } else if (!context.isEmpty()) {
            appendEmpty(series, context, index - 1);
        }
        ContextChange change = merge(context, index, gathered);
        if (change == ContextChange.STARTED && known) {
            listener.restarted(series);
        }
        store.putContext(context);
        watchForSilence(context);
        listener.appended(series, context);
    }

    /**
     * Stores the open ticks and sets the timer that closes them. A series behind the watermark
     * keeps the time of its last reading even without open ticks.
     */
    private void keep(OpenTicks open) {
        if (!open.isEmpty()) {
            long next = closing.nextTime(open, watermark);
            if (open.timerAt() != next) {
                open.timerAt(next);
                timers.openTicksAt(next);
            }
            store.putOpenTicks(open);
        } else if (open.nextEnd() > lastMilli(head(store.context()))) {
            store.putOpenTicks(open);
        } else {
            store.clearOpenTicks();
        }
    }

    /** Closes the open ticks that are over at the watermark. */
    private void closeOver(String series, OpenTicks open) {
        if (open != null) {
            closeThrough(series, open, closing.over(open, watermark));
            keep(open);
        }
    }

    /**
     * Appends empty ticks up to the given one: all of them if an empty tick of a living series has
     * a value, else as many as the settings say.
     */
    private void appendEmpty(String series, SeriesContext context, long end) {
        long last =
                context.emptyTick().hasValue()
                        ? end
                        : Math.min(end, context.lastObservedTick() + silentTicks);
        while (!context.isEmpty() && context.headTick() < last) {
            context.advanceTo(context.headTick() + 1);
            if (!context.isEmpty()) {
                listener.appended(series, context);
            }
        }
    }

    private void watchForSilence(SeriesContext context) {
        if (context.emptyTick().hasValue()
                || context.headTick() - context.lastObservedTick() < silentTicks) {
            timers.silenceAt(lastMilli(context.headTick() + 1));
        }
    }

    @Override
    public void onOpenTicksDue(String series, long time) {
        OpenTicks open = store.openTicks();
        if (open != null && open.timerAt() == time) {
            open.timerAt(OpenTicks.NONE);
            closeOver(series, open);
        }
    }

    @Override
    public void onExpiryDue(String series, long time) {
        closeOver(series, store.openTicks());
        OpenTicks open = store.openTicks();
        SeriesContext context = store.context();
        long due = expiryDue(context, open);
        if (time < due) {
            timers.expiryAt(due);
            return;
        }
        if (!context.isEmpty() && !inputEnded) {
            appendEmpty(series, context, tickEnding(time));
        }
        store.clear();
        listener.expired(series);
    }

    /** The watermark at which a series expires if it sends nothing more. */
    private long expiryDue(SeriesContext context, OpenTicks open) {
        if (open != null && !open.isEmpty()) {
            return expiry(open.oldest(), open);
        }
        return context.isEmpty() ? OpenTicks.NONE : expiry(context.lastObservedTick(), open);
    }

    /**
     * The watermark at which a series expires: counted from its last tick or, if it is behind the
     * watermark, from its last reading.
     *
     * @param open null if it is not behind and has no open ticks
     */
    private long expiry(long lastTick, OpenTicks open) {
        long ended = lastMilli(lastTick + expiryTicks);
        return open == null || open.nextEnd() == OpenTicks.NONE
                ? ended
                : Math.max(ended, open.nextEnd() + expiryTicks * spec.tickMillis());
    }

    @Override
    public void onSilenceDue(String series, long time) {
        closeOver(series, store.openTicks());
        OpenTicks open = store.openTicks();
        if (open != null && open.isLively() && !inputEnded) {
            timers.silenceAt(open.nextEnd());
            return;
        }
        SeriesContext context = store.context();
        if (context == null || context.isEmpty() || inputEnded) {
            return;
        }
        long ended = tickEnding(time);
        if (context.headTick() < ended) {
            appendEmpty(series, context, ended);
            store.putContext(context);
            if (!context.isEmpty()) {
                watchForSilence(context);
            }
        }
    }

    /** Returns the last millisecond of a tick, in event time. */
    private long lastMilli(long tick) {
        return (tick + 1) * spec.tickMillis() - 1;
    }

    /** Returns the tick that ends at the given event time. */
    private long tickEnding(long eventTimeMillis) {
        return Math.floorDiv(eventTimeMillis, spec.tickMillis());
    }
}
