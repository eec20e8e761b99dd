package io.tickformer.cli.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.evaluation.backtest.BacktestResult;
import io.tickformer.evaluation.backtest.CalibratedForecaster;
import io.tickformer.evaluation.backtest.ForecasterResult;
import io.tickformer.evaluation.backtest.Metrics;
import io.tickformer.evaluation.backtest.SeriesScore;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of a backtest as one JSON object; an undefined number is null. */
final class BacktestJson {
    /** With more series, figures per series are left out. */
    private static final int MOST_SERIES = 100;

    static final ObjectMapper MAPPER = new ObjectMapper();

    private BacktestJson() {}

    static ObjectNode of(BacktestSummary summary) {
        BacktestResult result = summary.result();
        ObjectNode json = MAPPER.createObjectNode();
        json.put("protocol", summary.protocol().label());
        json.put("part", summary.part().name().toLowerCase(Locale.ROOT));
        json.put("model", summary.modelFile().toString());
        json.put("model_name", summary.model().name());
        json.put("model_version", summary.model().version());
        json.put("series", result.series());
        json.put("windows", result.windows());
        json.put("horizon", result.horizon());
        json.put("season", result.season());
        json.put("missing_targets", result.missingTargets());
        json.put("unscaled_series", result.unscaledSeries());
        put(json, summary.own(), result.series());
        ObjectNode baselines = json.putObject("baselines");
        for (ForecasterResult baseline : summary.baselines()) {
            if (baseline.name().equals(CalibratedForecaster.UNCALIBRATED)) {
                put(json.putObject(baseline.name()), baseline, result.series());
                continue;
            }
            put(baselines.putObject(baseline.name()), baseline, result.series());
        }
        return json;
    }

    private static void put(ObjectNode json, ForecasterResult result, int series) {
        json.put("point", result.point().name().toLowerCase(Locale.ROOT));
        json.put("unanswered", result.unanswered());
        json.put("fallbacks", result.fallbacks());
        Metrics overall = result.overall();
        json.put("targets", overall.targets());
        put(json, "mse", overall.mse());
        put(json, "mae", overall.mae());
        put(json, "mase", overall.mase());
        put(json, "rmsse", overall.rmsse());
        put(json, "wql", overall.wql());
        put(json, "crps", overall.crps());
        put(json, "scaled_crps", overall.scaledCrps());
        putIntervals(json, overall.intervals());
        ArrayNode calibration = json.putArray("calibration");
        for (int i = 0; i < overall.shareBelow().size(); i++) {
            ObjectNode level = calibration.addObject();
            level.put("level", result.quantileLevels().get(i));
            put(level, "share_below", overall.shareBelow().get(i));
        }
        putSteps(json.putObject("by_step"), result.bySteps());
        if (series <= MOST_SERIES) {
            ObjectNode bySeries = json.putObject("by_series");
            for (SeriesScore score : result.bySeries()) {
                ObjectNode one = bySeries.putObject(score.series());
                put(one, "mse", score.mse());
                put(one, "mae", score.mae());
                put(one, "mase", score.mase());
                put(one, "rmsse", score.rmsse());
                putIntervals(one, score.intervals());
            }
        }
    }

    private static void putIntervals(ObjectNode json, List<Metrics.Interval> intervals) {
        for (Metrics.Interval interval : intervals) {
            String level = percent(interval.level());
            put(json, "coverage" + level, interval.coverage());
            put(json, "width" + level, interval.width());
            put(json, "intervalScore" + level, interval.score());
        }
    }

    private static void putSteps(ObjectNode json, List<Metrics> steps) {
        put(json, "mse", steps, Metrics::mse);
        put(json, "mae", steps, Metrics::mae);
        put(json, "mase", steps, Metrics::mase);
        put(json, "rmsse", steps, Metrics::rmsse);
        put(json, "wql", steps, Metrics::wql);
        put(json, "crps", steps, Metrics::crps);
        for (int i = 0; i < steps.get(0).intervals().size(); i++) {
            int interval = i;
            String level = percent(steps.get(0).intervals().get(i).level());
            put(json, "coverage" + level, steps, step -> step.intervals().get(interval).coverage());
            put(json, "width" + level, steps, step -> step.intervals().get(interval).width());
        }
    }

    static void put(
            ObjectNode json, String name, List<Metrics> steps, ToDoubleFunction<Metrics> metric) {
        ArrayNode array = json.putArray(name);
        for (Metrics step : steps) {
            add(array, metric.applyAsDouble(step));
        }
    }

    static void add(ArrayNode array, double value) {
        if (Double.isFinite(value)) {
            array.add(value);
        } else {
            array.addNull();
        }
    }

    static void put(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }

    /** The level of an interval in a field name: 80 for 0.8, 99_5 for 0.995. */
    static String percent(double level) {
        String text = Double.toString(Math.round(level * 1e6) / 1e4);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text.replace('.', '_');
    }
}
