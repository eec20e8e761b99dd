package io.tickformer.cli.forecast;

import io.tickformer.event.Forecast;
import io.tickformer.kafka.encode.ForecastJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** Forecasts as lines of CSV, one a horizon step, or as JSON, one a forecast. */
final class ForecastRows {
    private ForecastRows() {}

    /** The header of the CSV. */
    static String header(List<Double> quantileLevels) {
        StringJoiner header = new StringJoiner(",");
        header.add("series").add("step").add("time").add("mean");
        quantileLevels.forEach(level -> header.add("q" + level));
        return header.add("quality").toString();
    }

    /**
     * The first steps of a forecast. The time is the beginning of the tick that is forecast, in
     * UTC.
     */
    static List<String> csv(Forecast forecast, int steps) {
        List<String> rows = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            StringJoiner row = new StringJoiner(",");
            long time = forecast.tickTimeMillis() + (step + 1) * forecast.tickMillis();
            row.add(field(forecast.series()))
                    .add(Integer.toString(step + 1))
                    .add(Instant.ofEpochMilli(time).toString())
                    .add(number(forecast.mean()[step]));
            for (int level = 0; level < forecast.quantileLevels().length; level++) {
                row.add(number(forecast.quantile(step, level)));
            }
            rows.add(row.add(forecast.quality().name()).toString());
        }
        return rows;
    }

    /** In single precision, as the model computes: more digits would say nothing. */
    private static String number(double value) {
        return Float.toString((float) value);
    }

    /** Quotes a text if it needs that (RFC 4180). */
    private static String field(String text) {
        boolean isPlain = text.chars().noneMatch(letter -> ",\"\r\n".indexOf(letter) >= 0);
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** The first steps of a forecast as a job writes them in the format JSON. */
    static String json(Forecast forecast, int steps) {
        int levels = forecast.quantileLevels().length;
        Forecast first =
                forecast.withValues(
                        Arrays.copyOf(forecast.quantiles(), steps * levels),
                        Arrays.copyOf(forecast.mean(), steps),
                        forecast.quality(),
                        forecast.calibrated());
        return new String(ForecastJson.encode(first), StandardCharsets.UTF_8);
    }
}
