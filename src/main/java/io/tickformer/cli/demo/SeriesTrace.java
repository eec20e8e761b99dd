package io.tickformer.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.annotation.Nullable;
import io.tickformer.evaluation.Medians;
import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.ForecastScore;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The latest ticks of one series as the live page plots them: actual values, anomalies, the
 * forecasts issued for them some steps ahead, and the newest forecast. Holds a fixed number of
 * ticks.
 */
final class SeriesTrace {
    private static final double MILLIS = 1000;

    /** Levels of the narrow, middle and wide interval: 50, 80 and 95 per cent. */
    private static final double[][] BANDS = {{0.25, 0.75}, {0.1, 0.9}, {0.025, 0.975}};

    private static final int HISTORY_BAND = 1;

    private final int keep;
    private final int[] leads;
    private final NavigableMap<Long, Double> actuals = new TreeMap<>();
    private final List<NavigableMap<Long, Past>> pasts = new ArrayList<>();
    private final NavigableMap<Long, Double> marks = new TreeMap<>(); // values of anomalies
    private long anomalies;
    private Forecast latest;

    /** The tick of the first forecast of a full context; the largest number before it. */
    private long firstFull = Long.MAX_VALUE;

    /**
     * @param keep number of ticks to hold
     * @param leads lead times, in steps, for which past forecasts are kept
     */
    SeriesTrace(int keep, int[] leads) {
        this.keep = keep;
        this.leads = leads.clone();
        for (int i = 0; i < leads.length; i++) {
            pasts.add(new TreeMap<>());
        }
    }

    void actual(long tick, double value) {
        actuals.put(tick, value);
        trim(actuals, actuals.lastKey());
    }

    /** Takes an anomaly, which replaces an earlier one of its tick. */
    void anomaly(Anomaly anomaly) {
        if (marks.remove(anomaly.tickIndex()) != null) {
            anomalies--;
        }
        if (!anomaly.isWithdrawn()) {
            anomalies++;
            marks.put(anomaly.tickIndex(), anomaly.value());
            trim(marks, marks.lastKey());
        }
    }

    /** Number of anomalies so far. */
    long anomalies() {
        return anomalies;
    }

    boolean hasForecast() {
        return latest != null;
    }

    /**
     * Whether the targets of a score include, at every scored step, one that was forecast from a
     * full context.
     *
     * @param score null before the first
     */
    boolean isWarm(@Nullable ForecastScore score) {
        if (score == null || score.steps().isEmpty() || firstFull == Long.MAX_VALUE) {
            return false;
        }
        int longest = score.steps().get(score.steps().size() - 1).step();
        return score.tickIndex() >= firstFull + longest;
    }

    void forecast(Forecast forecast) {
        if (latest != null && forecast.tickIndex() < latest.tickIndex()) {
            return;
        }
        latest = forecast;
        if (forecast.quality() != ForecastQuality.WARMING_UP) {
            firstFull = Math.min(firstFull, forecast.tickIndex());
        }
        for (int i = 0; i < leads.length; i++) {
            if (leads[i] <= forecast.horizon()) {
                int step = leads[i] - 1;
                NavigableMap<Long, Past> past = pasts.get(i);
                past.put(
                        forecast.tickIndex() + leads[i],
                        new Past(
                                Medians.of(forecast, step),
                                quantile(forecast, step, BANDS[HISTORY_BAND][0]),
                                quantile(forecast, step, BANDS[HISTORY_BAND][1])));
                trim(past, past.lastKey());
            }
        }
    }

    /**
     * Writes columns of equal length with null for missing values: {@code time} in seconds since
     * the epoch, {@code actual}, {@code anomaly} with the values of unusual ticks, {@code past}
     * with the median and the 80 per cent interval issued earlier, and {@code fan} with the median
     * and the intervals of the newest forecast. Values begin at the tick at which they were issued.
     *
     * @param lead index into the lead times for which past forecasts are kept
     */
    void writeTo(ObjectNode json, long tickMillis, int lead) {
        ArrayNode time = json.putArray("time");
        ArrayNode actual = json.putArray("actual");
        ArrayNode anomaly = json.putArray("anomaly");
        ObjectNode past = json.putObject("past");
        ArrayNode pastMedian = past.putArray("median");
        ArrayNode pastLow = past.putArray("low");
        ArrayNode pastHigh = past.putArray("high");
        ObjectNode fan = json.putObject("fan");
        ArrayNode median = fan.putArray("median");
        ArrayNode low = fan.putArray("low");
        ArrayNode high = fan.putArray("high");
        for (int band = 0; band < BANDS.length; band++) {
            low.addArray();
            high.addArray();
        }
        if (actuals.isEmpty() && latest == null) {
            return;
        }
        for (long tick = firstTick(); tick <= lastTick(); tick++) {
            time.add(tick * tickMillis / MILLIS);
            add(actual, actuals.getOrDefault(tick, Double.NaN));
            add(anomaly, marks.getOrDefault(tick, Double.NaN));
            // The past interval ends where the newest forecast begins.
            Past one =
                    latest != null && tick > latest.tickIndex() ? null : pasts.get(lead).get(tick);
            add(pastMedian, one == null ? Double.NaN : one.median());
            add(pastLow, one == null ? Double.NaN : one.low());
            add(pastHigh, one == null ? Double.NaN : one.high());
            add(median, fan(tick, -1, 0));
            for (int band = 0; band < BANDS.length; band++) {
                add((ArrayNode) low.get(band), fan(tick, band, 0));
                add((ArrayNode) high.get(band), fan(tick, band, 1));
            }
        }
        if (latest != null) {
            json.put("issued", latest.tickTimeMillis() / MILLIS);
            json.put("quality", latest.quality().name());
            json.put("calibrated", latest.calibrated());
            json.put("observed", latest.observedTicks());
            json.put("model", latest.modelName() + " " + latest.modelVersion());
        }
    }

    /** A value of the newest forecast; at the tick of its issue, the actual value. */
    private double fan(long tick, int band, int side) {
        if (latest == null
                || tick < latest.tickIndex()
                || tick > latest.tickIndex() + latest.horizon()) {
            return Double.NaN;
        }
        if (tick == latest.tickIndex()) {
            return actuals.getOrDefault(tick, Double.NaN);
        }
        int step = (int) (tick - latest.tickIndex() - 1);
        return band < 0 ? Medians.of(latest, step) : quantile(latest, step, BANDS[band][side]);
    }

    private long firstTick() {
        return actuals.isEmpty() ? latest.tickIndex() : actuals.firstKey();
    }

    private long lastTick() {
        long lastActual = actuals.isEmpty() ? Long.MIN_VALUE : actuals.lastKey();
        return latest == null
                ? lastActual
                : Math.max(lastActual, latest.tickIndex() + latest.horizon());
    }

    /** The quantile of a level; NaN if the model does not forecast this level. */
    private static double quantile(Forecast forecast, int step, double level) {
        double[] levels = forecast.quantileLevels();
        for (int i = 0; i < levels.length; i++) {
            if (Math.abs(levels[i] - level) < 1e-9) {
                return forecast.quantile(step, i);
            }
        }
        return Double.NaN;
    }

    private static void add(ArrayNode array, double value) {
        if (Double.isFinite(value)) {
            // Five digits are more than a plot can show, and halve the size.
            array.add((float) value);
        } else {
            array.addNull();
        }
    }

    private void trim(NavigableMap<Long, ?> ticks, long newest) {
        ticks.headMap(newest - keep, true).clear();
    }

    /** The earlier forecast of a tick. */
    private record Past(double median, double low, double high) {}
}
