package io.tickformer.operator;

import io.tickformer.context.ContextChange;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * The ticks of the series in keyed state: closes them, revises them, continues silent series and
 * deletes expired ones. Every method but {@link #advance} works on the series that is Flink's
 * current key.
 *
 * <p>A series has three event-time timers at most. <em>Open</em> closes ticks that are apart from
 * the watermark. <em>Expiry</em> is set when the state is created, and set again when it fires on a
 * series that lives, so that a tick costs no timer. <em>Silence</em> is set for the tick after the
 * newest one, if silent series are forecast, and appends an empty tick. A watermark may pass many
 * ticks at once, and its timers fire after the ticks it closes. So before a tick is appended, and
 * before a series expires, everything happens that earlier timers would have done: the forecasts
 * are the same however the watermark advances. The end of the input is no silence.
 */
final class SeriesLifecycle implements SeriesTimers.Handler {
    private static final String OPEN = "open";

    private final ForecastSpec spec;
    private final TickClosing closing;
    private final long expiryTicks;
    private final int silentTicks;
    private final ForecastMetrics metrics;
    private final Listener listener;
    private final SeriesContexts contexts;
    private final ValueState<OpenTicks> opens;
    private final SeriesTimers timers;

    /**
     * The watermark whose timers have fired. Windows that fire with the next one are ahead of it.
     */
    private long watermark = Long.MIN_VALUE;

    private boolean inputEnded;

    /** Number of series that have a context. Reporters of metrics read it from other threads. */
    private volatile long alive;

    /** What follows from the ticks of a series. */
    interface Listener {
        /** A tick was appended to a context. */
        void appended(String series, SeriesContext context);

        /** A late reading has changed a tick that the context holds. */
        void revised(String series, long tick, SeriesContext context);

        /** A reading came too late: the context does not reach back to its tick. */
        void tooOld(TickPiece piece);

        /** The state of a series is deleted. */
        void expired(String series);
    }

    /**
     * @param isRestored whether the job continues from a checkpoint
     */
    SeriesLifecycle(
            AbstractStreamOperator<?> operator,
            ForecastSpec spec,
            ForecastOperatorSettings settings,
            boolean isRestored,
            ForecastMetrics metrics,
            Listener listener) {
        this.spec = spec;
        this.closing =
                new TickClosing(
                        settings.ticks().times(spec.tickMillis()), spec.channelCount(), isRestored);
        this.expiryTicks = settings.silence().expiryTicks(spec.ringTicks());
        this.silentTicks = settings.silence().forecastTicks();
        this.metrics = metrics;
        this.listener = listener;
        KeyedStateStore state = operator.getKeyedStateStore();
        this.contexts = new SeriesContexts(state, spec);
        this.opens = state.getState(new ValueStateDescriptor<>(OPEN, OpenTicksSerializer.INSTANCE));
        this.timers = new SeriesTimers(operator, this);
        this.alive = isRestored ? contexts.count(operator.getKeyedStateBackend()) : 0;
    }

    /** The number of series that have a context. */
    long alive() {
        return alive;
    }

    /** A watermark has come, whose timers are about to fire. */
    void advance(long timestamp) {
        watermark = timestamp;
        inputEnded = timestamp == Long.MAX_VALUE;
    }

    /** The watermark that the timers have reached. */
    long timerWatermark() {
        return timers.currentWatermark();
    }

    /** Takes in a piece of a tick. */
    void process(TickPiece piece) throws Exception {
        SeriesContext context = contexts.value();
        long head = head(context);
        if (piece.index() <= head) {
            revise(piece, context);
            return;
        }
        OpenTicks open = opens.value();
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
    private void revise(TickPiece piece, SeriesContext context) throws IOException {
        ContextChange change = merge(context, piece.index(), piece.gathered());
        long readings = piece.gathered().count();
        if (change == ContextChange.IGNORED_TOO_OLD) {
            metrics.lateTooOld.inc(readings);
            listener.tooOld(piece);
            return;
        }
        metrics.lateRevised.inc(readings);
        contexts.update(context);
        watchForSilence(context);
        listener.revised(piece.series(), piece.index(), context);
    }

    private ContextChange merge(SeriesContext context, long index, TickAccumulator gathered) {
        return context.merge(index, gathered, spec.aggregate(), spec.tickMillis());
    }

    /** Closes the open ticks up to the given one, the oldest first. */
    private void closeThrough(String series, OpenTicks open, long last) throws Exception {
        Map.Entry<Long, TickAccumulator> tick = open.pollThrough(last);
        while (tick != null) {
            close(series, tick.getKey(), tick.getValue());
            tick = open.pollThrough(last);
        }
    }

    /** Appends a tick that is over. */
    private void close(String series, long index, TickAccumulator gathered) throws Exception {
        SeriesContext context = contexts.value();
        boolean known = context != null;
        if (!known) {
            context = SeriesContext.of(spec);
            setAlive(alive + 1);
            timers.expiryAt(Math.max(expiry(index, null), watermark));
        } else if (!context.isEmpty()) {
            appendEmpty(series, context, index - 1);
        }
        ContextChange change = merge(context, index, gathered);
        if (change == ContextChange.STARTED && known) {
            metrics.restarts.inc();
        }
        contexts.update(context);
        watchForSilence(context);
        listener.appended(series, context);
    }

    /**
     * Stores the open ticks and sets the timer that closes them. A series behind the watermark
     * keeps the time of its last reading even without open ticks.
     */
    private void keep(OpenTicks open) throws IOException {
        if (!open.isEmpty()) {
            long next = closing.nextTime(open, watermark);
            if (open.timerAt() != next) {
                open.timerAt(next);
                timers.openTicksAt(next);
            }
            opens.update(open);
        } else if (open.nextEnd() > lastMilli(head(contexts.value()))) {
            opens.update(open);
        } else {
            opens.clear();
        }
    }

    /** Closes the open ticks that are over at the watermark. */
    private void closeOver(String series, OpenTicks open) throws Exception {
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
    public void onOpenTicksDue(String series, long time) throws Exception {
        OpenTicks open = opens.value();
        if (open != null && open.timerAt() == time) {
            open.timerAt(OpenTicks.NONE);
            closeOver(series, open);
        }
    }

    @Override
    public void onExpiryDue(String series, long time) throws Exception {
        closeOver(series, opens.value());
        OpenTicks open = opens.value();
        SeriesContext context = contexts.value();
        long due = expiryDue(context, open);
        if (time < due) {
            timers.expiryAt(due);
            return;
        }
        if (!context.isEmpty() && !inputEnded) {
            appendEmpty(series, context, tickEnding(time));
        }
        contexts.clear();
        opens.clear();
        setAlive(alive - 1);
        metrics.expiredSeries.inc();
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
    public void onSilenceDue(String series, long time) throws Exception {
        closeOver(series, opens.value());
        OpenTicks open = opens.value();
        if (open != null && open.isLively() && !inputEnded) {
            timers.silenceAt(open.nextEnd());
            return;
        }
        SeriesContext context = contexts.value();
        if (context == null || context.isEmpty() || inputEnded) {
            return;
        }
        long ended = tickEnding(time);
        if (context.headTick() < ended) {
            appendEmpty(series, context, ended);
            contexts.update(context);
            if (!context.isEmpty()) {
                watchForSilence(context);
            }
        }
    }

    /** Only the thread of the subtask writes. */
    private void setAlive(long series) {
        alive = series;
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
