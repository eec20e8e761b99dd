package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Forecasts one series, or one record of C channels, at every tick: readings and watermarks in,
 * forecasts out. It gives the forecasts that a job gives for the same readings and watermarks,
 * because it runs the same rules: {@link TickClosing} says when a tick is over, {@link
 * SeriesLifecycle} what happens to late readings and silence, {@link RecordFeedback} how forecasts
 * are calibrated and mixed.
 *
 * <pre>{@code
 * SeriesForecaster series = new SeriesForecaster("meter-1", engine);
 * series.observe(timeMillis, value);                         // any order, any number in a tick
 * List<Forecast> forecasts = series.advanceTo(watermark);    // ends the ticks up to it
 * }</pre>
 *
 * <p><b>State.</b> {@link #writeTo} writes all that later forecasts depend on. A copy that was read
 * from it goes on as this does. What the engine caches of the series is not part of it.
 *
 * <p>Not thread-safe, and used by the thread of its engine.
 */
@Internal
public final class SeriesForecaster {
    /**
     * The latest event time, the end of the year 9999; the earliest is as far before 1970. Tick
     * arithmetic in between cannot overflow 64 bits.
     */
    public static final long LATEST_MILLIS = 253_402_300_799_999L;

    private final String series;
    private final SeriesEngine engine;
    private final SeriesState state;
    private final TickClosingTimes times;
    private final SeriesLifecycle lifecycle;
    private List<Forecast> issued = new ArrayList<>();
    private long lateReadings;
    private long droppedReadings;

    /**
     * Begins a series.
     *
     * @param series the series key, which its forecasts carry; with channels the key of the record.
     *     No two series of an engine have the same key
     */
    public SeriesForecaster(String series, SeriesEngine engine) {
        this(series, engine, new SeriesState(engine.spec()));
    }

    private SeriesForecaster(String series, SeriesEngine engine, SeriesState state) {
        this.series = series;
        this.engine = engine;
        this.state = state;
        SeriesOptions options = engine.options();
        this.times =
                new TickClosingTimes(
                        engine.spec().tickMillis(),
                        options.outOfOrderness().toMillis(),
                        options.readings());
        this.lifecycle =
                new SeriesLifecycle(
                        engine.spec(),
                        // Its watermark is part of the state.
                        new TickClosing(times, engine.spec().channelCount(), false),
                        options.expiryTicks(engine.spec().ringTicks()),
                        options.silentTicks(),
                        state.store,
                        state.timers,
                        new Forecasting());
        lifecycle.advance(state.watermark);
    }

    /** Takes a reading of a single series: {@link #observe(long, int, double)} of channel 0. */
    public List<Forecast> observe(long timeMillis, double value) {
        return observe(timeMillis, 0, value);
    }

    /**
     * Takes a reading. Readings may come in any order. One that is later than the end of its tick
     * revises the tick, and later forecasts see it; one older than the context is dropped and
     * {@linkplain #lateReadings counted}. A value that is NaN or infinite, or a time beyond {@link
     * #LATEST_MILLIS}, is no reading; it is dropped and {@linkplain #droppedReadings counted}.
     *
     * @param timeMillis event time in milliseconds since the Unix epoch
     * @return the forecasts of the ticks that it ends; none for most readings. A reading ends ticks
     *     if the options say how many readings a tick has, or if the series is behind the watermark
     *     and the reading is newer than the end of a tick by the out-of-orderness
     */
    public List<Forecast> observe(long timeMillis, int channel, double value) {
        if (!isReading(timeMillis, value)) {
            droppedReadings++;
            return List.of();
        }
        long index = Tick.indexOf(timeMillis, times.tickMillis());
        if (times.mayWait(index, state.watermark)) {
            state.gathered
                    .computeIfAbsent(index, absent -> empty())
                    .add(channel, timeMillis, value);
            return List.of();
        }
        TickAccumulator single = empty();
        single.add(channel, timeMillis, value);
        lifecycle.process(new TickPiece(series, index, single, state.watermark));
        return take();
    }

    /** Whether a value and its event time can be used. */
    static boolean isReading(long timeMillis, double value) {
        return Double.isFinite(value)
                && timeMillis <= LATEST_MILLIS
                && timeMillis >= -LATEST_MILLIS;
    }

    private TickAccumulator empty() {
        return new TickAccumulator(engine.spec().channelCount());
    }

    /**
     * Says that no reading before or at a time is expected any more: ends the ticks up to it.
     *
     * @param watermarkMillis event time; {@link Long#MAX_VALUE} for the end of the series. A time
     *     that is not after the one before changes nothing
     * @return the forecasts of the ticks that ended, in order
     */
    public List<Forecast> advanceTo(long watermarkMillis) {
        if (watermarkMillis <= state.watermark) {
            return List.of();
        }
        // As in a job: gathered ticks end first, with the new watermark in the piece, then timers.
        Map.Entry<Long, TickAccumulator> oldest = state.gathered.firstEntry();
        while (oldest != null && times.end(oldest.getKey()) <= watermarkMillis) {
            state.gathered.pollFirstEntry();
            lifecycle.process(
                    new TickPiece(series, oldest.getKey(), oldest.getValue(), watermarkMillis));
            oldest = state.gathered.firstEntry();
        }
        state.watermark = watermarkMillis;
        lifecycle.advance(watermarkMillis);
        state.timers.fire(series, watermarkMillis, lifecycle);
        return take();
    }

    private List<Forecast> take() {
        if (issued.isEmpty()) {
            return List.of();
        }
        List<Forecast> taken = issued;
        issued = new ArrayList<>();
        return taken;
    }

    /** The series key. */
    public String series() {
        return series;
    }

    /** The newest watermark; {@link Long#MIN_VALUE} before the first. */
    public long watermark() {
        return state.watermark;
    }

    /**
     * The next watermark at which {@link #advanceTo} has something to do, after the newest one;
     * {@link Long#MAX_VALUE} if there is none. Calls between have no effect but to move the
     * watermark. Changes with every reading.
     */
    public long nextTimeMillis() {
        long next = state.timers.next();
        if (!state.gathered.isEmpty()) {
            next = Math.min(next, times.end(state.gathered.firstKey()));
        }
        return state.watermark == Long.MAX_VALUE ? next : Math.max(next, state.watermark + 1);
    }

    /**
     * Whether the series has no state: it has expired, or has had no reading. It may be dropped,
     * and begins anew with its next reading.
     */
    public boolean isEmpty() {
        return state.store.isEmpty() && state.gathered.isEmpty();
    }

    /**
     * Whether ticks are open that do not just wait for the watermark to pass their end: the series
     * is apart from the watermark.
     */
    public boolean hasOpenTicks() {
        return state.store.openTicks() != null;
    }

    /** The readings that were older than the context, since this was made. */
    public long lateReadings() {
        return lateReadings;
    }

    /** The readings without a finite value or a possible time, since this was made. */
    public long droppedReadings() {
        return droppedReadings;
    }

    /** Writes the state, beginning with the version of its form. */
    public void writeTo(DataOutput out) throws IOException {
        state.writeTo(out);
    }

    /**
     * Continues a series from what {@link #writeTo} wrote. The engine may have another model with
     * the same ticks, and other options.
     *
     * @throws io.tickformer.event.UnknownFormatException if the version is unknown
     * @throws IllegalArgumentException if the ticks of the model are others: their length, their
     *     meaning or their channels
     * @throws IOException if the bytes end early
     */
    public static SeriesForecaster readFrom(DataInput in, String series, SeriesEngine engine)
            throws IOException {
        engine.forget(series);
        return new SeriesForecaster(series, engine, SeriesState.readFrom(in, engine.spec()));
    }

    /** Drops what the engine has cached of the series, which is not used any more. */
    public void release() {
        engine.release(series);
    }

    /** Forecasts the ticks, and keeps the cache up to date. */
    private final class Forecasting implements SeriesLifecycle.Listener {
        @Override
        public void created(String key) {
            // There is one series only.
        }

        @Override
        public void appended(String key, SeriesContext context) {
            RecordFeedback feedback = engine.feedback();
            Forecast[] raw = engine.forecast(key, context);
            if (feedback == null) {
                for (Forecast forecast : raw) {
                    if (forecast != null) {
                        issued.add(forecast);
                    }
                }
                return;
            }
            state.feedback = feedback.orNew(state.feedback);
            feedback.issue(state.feedback, feedback.waiting(key, context), raw, issued::add);
        }

        @Override
        public void restarted(String key) {
            // The cache finds it out by the first tick of the context.
        }

        @Override
        public void revised(TickPiece piece, SeriesContext context) {
            engine.forget(series);
            if (engine.feedback() != null) {
                engine.feedback().revise(state.feedback, series, piece.index(), context);
            }
        }

        @Override
        public void tooOld(TickPiece piece) {
            lateReadings += piece.gathered().count();
        }

        @Override
        public void expired(String key) {
            engine.release(series);
            state.feedback = null;
        }
    }
}
