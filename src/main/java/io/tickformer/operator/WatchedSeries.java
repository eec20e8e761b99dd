package io.tickformer.operator;

import io.tickformer.annotation.Nullable;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.score.RollingScores;
import io.tickformer.monitoring.JobMetric;
import io.tickformer.spec.Channels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Metrics of single series, of those that the settings name: a metric of each series would have no
 * bound. The gauges of a series are registered at its first tick, so they are those of the subtask
 * that has the series.
 *
 * <p>The subtask writes, and the threads of reporters read.
 */
final class WatchedSeries {
    private static final String GROUP = "series";
    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;

    private final Map<String, Numbers> bySeries = new HashMap<>();
    private final MetricGroup group;
    private final Channels channels;

    /**
     * @param group of the operator
     * @param names the series
     */
    WatchedSeries(MetricGroup group, List<String> names, Channels channels) {
        this.group = group;
        this.channels = channels;
        names.forEach(name -> bySeries.put(name, new Numbers()));
    }

    /** A tick was appended to a context. */
    void appended(String key, SeriesContext context) {
        if (bySeries.isEmpty()) {
            return;
        }
        for (int channel = 0; channel < context.channels(); channel++) {
            Numbers numbers = find(channels.seriesOf(key, channel));
            if (numbers != null) {
                numbers.value = context.valueAt(context.headTick(), channel);
            }
        }
    }

    /** A forecast is emitted. */
    void issued(Forecast forecast) {
        Numbers numbers = find(forecast.series());
        if (numbers != null) {
            numbers.median = forecast.quantile(0, nearest(forecast, 0.5));
            numbers.low = forecast.quantile(0, nearest(forecast, LOW));
            numbers.high = forecast.quantile(0, nearest(forecast, HIGH));
        }
    }

    /** A tick was compared to its forecasts. */
    void scored(String series, RollingScores scores) {
        Numbers numbers = find(series);
        if (numbers != null) {
            numbers.errorToNaive = LiveErrors.ratio(scores.recentShareToNaive(0));
        }
    }

    private static int nearest(Forecast forecast, double level) {
        double[] levels = forecast.quantileLevels();
        int nearest = 0;
        for (int i = 1; i < levels.length; i++) {
            if (Math.abs(levels[i] - level) < Math.abs(levels[nearest] - level)) {
                nearest = i;
            }
        }
        return nearest;
    }

    private @Nullable Numbers find(String series) {
        Numbers numbers = bySeries.isEmpty() ? null : bySeries.get(series);
        if (numbers != null && !numbers.isRegistered) {
            numbers.register(group.addGroup(GROUP, series));
        }
        return numbers;
    }

    /** The newest numbers of a series; NaN until they are known. */
    private static final class Numbers {
        private volatile double value = Double.NaN;
        private volatile double median = Double.NaN;
        private volatile double low = Double.NaN;
        private volatile double high = Double.NaN;
        private volatile double errorToNaive = Double.NaN;
        private boolean isRegistered;

        void register(MetricGroup series) {
            isRegistered = true;
            gauge(series, JobMetric.WATCHED_VALUE, () -> value);
            gauge(series, JobMetric.WATCHED_MEDIAN, () -> median);
            gauge(series, JobMetric.WATCHED_LOW, () -> low);
            gauge(series, JobMetric.WATCHED_HIGH, () -> high);
            gauge(series, JobMetric.WATCHED_ERROR_TO_NAIVE, () -> errorToNaive);
        }

        private static void gauge(MetricGroup group, JobMetric metric, Gauge<Double> number) {
            group.gauge(metric.metric(), number);
        }
    }
}
