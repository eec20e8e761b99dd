package io.tickformer.job;

import io.tickformer.inference.EngineMode;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** How forecasts are made and how much of them is emitted. */
public final class ForecastOptions {
    public static final ConfigOption<EngineMode> MODE =
            ConfigOptions.key("forecast.mode")
                    .enumType(EngineMode.class)
                    .defaultValue(EngineMode.AUTO)
                    .withDescription(
                            "How forecasts are computed: incremental, from the newest token and a"
                                    + " cache; full, from the whole context; auto, incrementally"
                                    + " where the model and its provider allow it. They are equal.");

    public static final ConfigOption<MemorySize> CACHE_MEMORY =
            ConfigOptions.key("forecast.cache-memory")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription(
                            "Off-heap memory of each subtask's cache; by default the job's share of"
                                    + " Flink's managed memory (taskmanager.memory.managed.size)."
                                    + " An amount given here is taken beside that.");

    public static final ConfigOption<String> FROM =
            ConfigOptions.key("forecast.from")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The first ticks that are forecast: those that end after start, when the"
                                    + " job was first submitted; after a time such as"
                                    + " 2026-03-01T00:00:00Z; or earliest, all that are read. Ticks"
                                    + " before fill the contexts and cost no forecast, so that a"
                                    + " topic's past is read at full speed. By default start, or"
                                    + " earliest for a bounded source. A savepoint keeps what start"
                                    + " meant.");

    public static final ConfigOption<Integer> MICRO_BATCH_SIZE =
            ConfigOptions.key("forecast.micro-batch-size")
                    .intType()
                    .defaultValue(64)
                    .withDescription(
                            "Forecasts computed in one call of the model, at most; fewer while the"
                                    + " stream is quiet.");

    public static final ConfigOption<Duration> LINGER =
            ConfigOptions.key("forecast.linger")
                    .durationType()
                    .defaultValue(Duration.ofMillis(10))
                    .withDescription(
                            "How long a tick waits at most for others to fill its micro-batch.");

    public static final ConfigOption<Integer> HORIZON =
            ConfigOptions.key("forecast.horizon")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "Horizon steps emitted, from the first; 0 for all the model has.");

    public static final ConfigOption<List<Double>> QUANTILE_LEVELS =
            ConfigOptions.key("forecast.quantile-levels")
                    .doubleType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Quantile levels emitted, each one of the model's, ascending; empty for"
                                    + " all.");

    public static final ConfigOption<Integer> SILENT_TICKS =
            ConfigOptions.key("forecast.silent-ticks")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "Ticks for which a series that falls silent is forecast on; 0 for none.");

    public static final ConfigOption<Integer> IDLE_EXPIRY_TICKS =
            ConfigOptions.key("forecast.idle-expiry-ticks")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "Ticks without an observation after which a series' state is dropped; 0 for"
                                    + " as many as the model's forecasts can depend on, and no"
                                    + " less than that: they would differ from those computed"
                                    + " offline.");

    public static final ConfigOption<Integer> MAX_SERIES =
            ConfigOptions.key("forecast.max-series")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "Series that may have state at a time, in the whole job; each subtask has"
                                    + " a share. Observations of further ones are refused, to"
                                    + " sink.refused-topic, until series expire; those that have"
                                    + " state are forecast on. Of a model that mixes channels,"
                                    + " records count. 0 for no cap.");

    private ForecastOptions() {}
}
