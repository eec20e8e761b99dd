package io.tickformer.cli.backtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.evaluation.backtest.BacktestResult;
import io.tickformer.evaluation.backtest.ForecastWindow;
import io.tickformer.evaluation.backtest.ForecasterResult;
import io.tickformer.evaluation.backtest.Metrics;
import io.tickformer.evaluation.backtest.SeriesScore;
import io.tickformer.evaluation.backtest.WindowGallery;
import io.tickformer.event.Forecast;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A backtest as one self-contained HTML page with figures, script, plots and style. Names from the
 * data are embedded as JSON and set as text, so they cannot inject markup.
 */
final class HtmlReport {
    private static final String PLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** With more series, the table of series is left out. */
    private static final int MOST_SERIES = 500;

    private final BacktestSummary summary;
    private final WindowGallery gallery;

    HtmlReport(BacktestSummary summary, WindowGallery gallery) {
        this.summary = summary;
        this.gallery = gallery;
    }

    void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // "</script" would end the script even inside a string.
        String data = data().toString().replace("<", "\\u003c");
        String page =
                resource("report.html")
                        .replace("{{uplot.css}}", resource(PLOT + "uPlot.min.css"))
                        .replace("{{report.css}}", resource("report.css"))
                        .replace("{{uplot.js}}", resource(PLOT + "uPlot.iife.min.js"))
                        .replace("{{report.js}}", resource("report.js"))
                        .replace("{{data}}", data);
        Files.writeString(file, page);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ObjectNode data() {
        BacktestResult result = summary.result();
        ObjectNode data = BacktestJson.MAPPER.createObjectNode();
        data.put(
                "title",
                "%s on %s"
                        .formatted(
                                summary.modelFile().getFileName(), summary.data().getFileName()));
        data.put("subtitle", BacktestText.subtitle(summary));
        ArrayNode notes = data.putArray("notes");
        BacktestText.notes(summary).forEach(notes::add);
        notes.add(
                "MSE and MAE are in standard deviations of each series' training set. MASE and"
                        + " RMSSE are relative to the error of seasonal naive on the training set. CRPS"
                        + " and interval widths are in the units of the series. Lower is better; an"
                        + " interval should cover its nominal share. Quantiles of naive and seasonal"
                        + " naive come from their errors on the training set.");
        data.put("step_metric", summary.protocol() == Protocol.LTSF ? "mae" : "mase");
        data.put("fan_key", fanKey());
        ArrayNode forecasters = data.putArray("forecasters");
        for (ForecasterResult each : result.forecasters()) {
            put(forecasters.addObject(), each);
        }
        ArrayNode series = data.putArray("series");
        for (SeriesScore score : shown(summary.own())) {
            series.add(score.series());
        }
        ArrayNode fans = data.putArray("fans");
        for (ForecastWindow window : gallery.samples()) {
            put(fans.addObject(), window);
        }
        ArrayNode worst = data.putArray("worst");
        for (ForecastWindow window : gallery.worst()) {
            put(worst.addObject(), window);
        }
        return data;
    }

    private static String fanKey() {
        return "Thin: actual values; blue: the forecast with its intervals; dotted: seasonal"
                + " naive.";
    }

    private static List<SeriesScore> shown(ForecasterResult result) {
        List<SeriesScore> all = result.bySeries();
        return all.subList(0, Math.min(MOST_SERIES, all.size()));
    }

    private void put(ObjectNode json, ForecasterResult result) {
        Metrics overall = result.overall();
        json.put("name", result.name());
        BacktestJson.put(json, "mse", overall.mse());
        BacktestJson.put(json, "mae", overall.mae());
        BacktestJson.put(json, "mase", overall.mase());
        BacktestJson.put(json, "rmsse", overall.rmsse());
        BacktestJson.put(json, "wql", overall.wql());
        BacktestJson.put(json, "crps", overall.crps());
        ArrayNode intervals = json.putArray("intervals");
        for (Metrics.Interval interval : overall.intervals()) {
            ObjectNode one = intervals.addObject();
            one.put("level", interval.level());
            BacktestJson.put(one, "coverage", interval.coverage());
            BacktestJson.put(one, "width", interval.width());
        }
        ArrayNode levels = json.putArray("levels");
        result.quantileLevels().forEach(levels::add);
        ArrayNode below = json.putArray("share_below");
        overall.shareBelow().forEach(share -> BacktestJson.add(below, share));
        ObjectNode steps = json.putObject("by_step");
        BacktestJson.put(steps, "mae", result.bySteps(), Metrics::mae);
        BacktestJson.put(steps, "mase", result.bySteps(), Metrics::mase);
        ArrayNode coverage = steps.putArray("coverage");
        for (int i = 0; i < overall.intervals().size(); i++) {
            ArrayNode ofInterval = coverage.addArray();
            for (Metrics step : result.bySteps()) {
                BacktestJson.add(ofInterval, step.intervals().get(i).coverage());
            }
        }
        ArrayNode series = json.putArray("by_series");
        boolean ltsf = summary.protocol() == Protocol.LTSF;
        for (SeriesScore score : shown(result)) {
            BacktestJson.add(series, ltsf ? score.mae() : score.mase());
        }
    }

    private void put(ObjectNode json, ForecastWindow window) {
        Forecast forecast = window.forecast();
        long tickMillis = summary.plan().tickMillis();
        int before = window.values().length - forecast.horizon();
        json.put("series", forecast.series());
        json.put("cutoff", forecast.tickIndex() * tickMillis / 1000.0);
        BacktestJson.put(json, "error", window.error());
        ArrayNode time = json.putArray("time");
        ArrayNode actual = json.putArray("actual");
        for (int i = 0; i < window.values().length; i++) {
            time.add((window.firstTick() + i) * tickMillis / 1000.0);
            BacktestJson.add(actual, window.values()[i]);
        }
        ArrayNode quantiles = json.putArray("quantiles");
        for (int level = 0; level < forecast.quantileLevels().length; level++) {
            ArrayNode one = padded(quantiles.addArray(), before);
            for (int step = 0; step < forecast.horizon(); step++) {
                BacktestJson.add(one, forecast.quantile(step, level));
            }
        }
        ArrayNode point = padded(json.putArray("point"), before);
        ArrayNode baseline = padded(json.putArray("baseline"), before);
        for (int step = 0; step < forecast.horizon(); step++) {
            BacktestJson.add(point, summary.own().point().of(forecast, step));
            double[] points = window.baseline();
            BacktestJson.add(baseline, points == null ? Double.NaN : points[step]);
        }
    }

    /** Pads a forecast with nulls, so that it begins where the past ends. */
    private static ArrayNode padded(ArrayNode array, int before) {
        for (int i = 0; i < before; i++) {
            array.addNull();
        }
        return array;
    }
}
