package io.tickformer.lab.bench;

import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.TransformerArchitecture;
import java.util.List;

/**
 * Results of a variant of the engine.
 *
 * @param micros microseconds per forecast
 * @param ratio to the first variant of the case
 * @param bytesPerSeries size of the cache per series
 * @param hitRate share of measured forecasts with a cache hit
 */
record EngineFigures(
        EngineVariant variant, double micros, double ratio, long bytesPerSeries, double hitRate) {
    /** The columns of a report. */
    static final List<Column> COLUMNS =
            List.of(
                    Column.of("case", "case"),
                    Column.of("contextLength", "T"),
                    Column.of("attentionWindow", "W"),
                    Column.of("layers", "L"),
                    Column.of("width", "d"),
                    Column.of("series", "series"),
                    Column.of("slots", "slots"),
                    new Column("microsPerForecast", "µs/forecast", 1),
                    new Column("ratio", "ratio", 2),
                    Column.of("bytesPerSeries", "bytes/series"),
                    new Column("hitRate", "hits", 3),
                    new Column("prefillShare", "prefills", 3));

    /** The values of these columns. */
    Object[] values() {
        ForecastSpec spec = variant.spec();
        TransformerArchitecture network = spec.transformer();
        return new Object[] {
            variant.ofCase(),
            spec.contextLength(),
            network.attentionWindow(),
            network.layers(),
            network.width(),
            variant.series(),
            variant.slots(),
            micros,
            ratio,
            bytesPerSeries,
            hitRate,
            1 - hitRate
        };
    }
}
