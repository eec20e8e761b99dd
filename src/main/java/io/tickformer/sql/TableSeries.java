package io.tickformer.sql;

import io.tickformer.event.Forecast;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TickOutcome;
import io.tickformer.forecaster.FeedbackListener;
import io.tickformer.forecaster.SeriesEngine;
import io.tickformer.forecaster.SeriesOptions;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.OnnxRuntimeUnloader;
import io.tickformer.inference.runtime.ExecutionProvider;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.ProcessTableFunction.TimeContext;
import org.apache.flink.table.types.logical.LogicalType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The series of a table in one parallel instance of a function: takes rows and timers, and keeps
 * each series' state.
 *
 * <p><b>Time.</b> A series sets one event-time timer, for the end of its oldest tick, or for what
 * else is due next. Timers fire as the watermark passes them, and each moves the series to its own
 * time. So a row that a timer emits has the event time at which its tick ended, however the
 * watermark jumps. Two series are moved to the watermark itself, as in the job: one that is apart
 * from the watermark, because its ticks end by the watermarks it sees; and one without a newer
 * reading at the end of the input, because that is no silence.
 *
 * <p><b>Memory.</b> The keys and values of the model lie off heap, and the series that were used
 * last on the heap, each in as many bytes as the settings say. Both are rebuilt from the state.
 *
 * <p>Not thread-safe.
 */
final class TableSeries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableSeries.class);

    private final NativeMemory memory = new NativeMemory();
    private final SeriesEngine engine;
    private final LiveSeriesCache live;
    private final SeriesKeys keys;
    private final NumberColumn[] columns;
    private final int[] targets;
    private final double[] values;
    private final Counter skipped;
    private final Counter late;

    /** Whether events are repeated to rebuild a series. */
    private boolean isReplay;

    /** Passes on what is found, unless it was found before. */
    private final class UnlessReplayed implements FeedbackListener {
        private final FeedbackListener listener;

        private UnlessReplayed(FeedbackListener listener) {
            this.listener = listener;
        }

        @Override
        public void observed(
                String series, TickOutcome outcome, SeriesFeedback feedback, boolean wasFallback) {
            if (!isReplay) {
                listener.observed(series, outcome, feedback, wasFallback);
            }
        }

        @Override
        public void revised(String series, TickOutcome outcome) {
            if (!isReplay) {
                listener.revised(series, outcome);
            }
        }
    }

    private TableSeries(SeriesSettings settings, FeedbackListener listener, MetricGroup metrics) {
        SeriesOptions options =
                SeriesOptions.DEFAULT
                        .withOutOfOrderness(settings.outOfOrderness())
                        .withEmitted(settings.emitted())
                        .withFeedback(settings.feedback())
                        .withCache(EvaluationMode.AUTO, settings.cacheBytes());
        this.engine =
                SeriesEngine.open(
                        settings.onnx(),
                        null,
                        ExecutionProvider.CPU,
                        options,
                        listener == FeedbackListener.NONE ? listener : new UnlessReplayed(listener),
                        memory);
        this.live = new LiveSeriesCache(settings.cacheBytes());
        this.keys = new SeriesKeys(settings.types(), settings.partition());
        this.targets = settings.targets();
        this.columns = new NumberColumn[targets.length];
        for (int i = 0; i < targets.length; i++) {
            LogicalType type = settings.types().get(targets[i]);
            columns[i] = NumberColumn.of(type);
        }
        this.values = new double[targets.length];
        this.skipped = metrics.counter(TableMetric.ROWS_WITHOUT_VALUE.title());
        this.late = metrics.counter(TableMetric.READINGS_TOO_LATE.title());
    }

    /** Opens the model. */
    static TableSeries open(
            SeriesSettings settings, FeedbackListener listener, MetricGroup metrics) {
        return new TableSeries(settings, listener, metrics);
    }

    /** The milliseconds of a tick. */
    long tickMillis() {
        return engine.spec().tickMillis();
    }

    /**
     * Takes a row.
     *
     * @return the forecasts of the ticks that it ends
     */
    List<Forecast> row(
            ProcessTableFunction.Context context, MapView<String, byte[]> state, RowData row)
            throws Exception {
        if (!readValues(row)) {
            count(skipped, 1, TableMetric.ROWS_WITHOUT_VALUE, "A row without a finite target");
            return List.of();
        }
        TimeContext<Long> time = context.timeContext(Long.class);
        Long watermark = time.currentWatermark();
        String key = keys.of(row);
        LiveSeries series = LiveSeries.isIn(state) ? existing(key, state) : begin(key);
        long tooLate = series.lateReadings();
        List<Forecast> forecasts =
                series.observe(watermark == null ? Long.MIN_VALUE : watermark, time.time(), values);
        long dropped = series.lateReadings() - tooLate;
        count(late, dropped, TableMetric.READINGS_TOO_LATE, "A reading older than the context");
        keep(series, state, time, !forecasts.isEmpty());
        return forecasts;
    }

    /** Counts what is left out, and logs the first. */
    private static void count(Counter counter, long more, TableMetric metric, String what) {
        if (more > 0 && counter.getCount() == 0) {
            LOG.warn("{} is left out. The metric {} counts them.", what, metric.title());
        }
        counter.inc(more);
    }

    /** Reads the values of a row, and returns whether there is one. */
    private boolean readValues(RowData row) {
        boolean isAny = false;
        for (int i = 0; i < targets.length; i++) {
            double value = columns[i].at(row, targets[i]);
            values[i] = Double.isFinite(value) ? value : Double.NaN;
            isAny |= Double.isFinite(value);
        }
        return isAny;
    }

    /**
     * A timer has fired.
     *
     * @return the forecasts of the ticks that end with it
     */
    List<Forecast> timer(ProcessTableFunction.Context context, MapView<String, byte[]> state)
            throws Exception {
        if (!LiveSeries.isIn(state)) {
            return List.of();
        }
        TimeContext<Long> time = context.timeContext(Long.class);
        LiveSeries series = existing(LiveSeries.key(state), state);
        long now = time.time();
        Long watermark = time.currentWatermark();
        List<Forecast> forecasts = series.advanceTo(target(series, now, watermark));
        keep(series, state, time, true);
        return forecasts;
    }

    /** The time that a timer moves a series to. */
    private long target(LiveSeries series, long now, Long watermark) {
        boolean isLast = series.newestReading() <= now - tickMillis();
        boolean inputEnded = watermark != null && watermark == Long.MAX_VALUE;
        return watermark != null && (series.hasOpenTicks() || (inputEnded && isLast))
                ? watermark
                : now;
    }

    private LiveSeries begin(String key) {
        // Of an earlier life of the series, whose state Flink has deleted.
        live.remove(key);
        return LiveSeries.begin(key, engine);
    }

    private LiveSeries existing(String key, MapView<String, byte[]> state) throws Exception {
        LiveSeries series = live.get(key);
        if (series != null) {
            return series;
        }
        isReplay = true;
        try {
            return LiveSeries.read(state, engine);
        } finally {
            isReplay = false;
        }
    }

    private void keep(
            LiveSeries series,
            MapView<String, byte[]> state,
            TimeContext<Long> time,
            boolean tickEnded)
            throws Exception {
        series.writeTo(state, tickEnded);
        if (series.isEmpty()) {
            live.remove(series.key());
            return;
        }
        live.put(series);
        long next = series.nextTimeMillis();
        if (next != Long.MAX_VALUE && series.isNewTimer(next)) {
            time.registerOnTime(next);
        }
    }

    @Override
    public void close() {
        engine.close();
        memory.close();
        OnnxRuntimeUnloader.release();
    }
}
