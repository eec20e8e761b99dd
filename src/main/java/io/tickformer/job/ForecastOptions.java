package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.operator.MicroBatchSettings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Options of the forecast: how it is computed and how much of it is emitted. */
@Public
public final class ForecastOptions {
    public static final ConfigOption<EvaluationMode> MODE =
            ConfigOptions.key("forecast.mode")
                    .enumType(EvaluationMode.class)
                    .defaultValue(EvaluationMode.AUTO)
                    .withDescription(
                            "Evaluation mode. incremental: from the newest token and a cache. full:"
                                    + " from the whole context. auto: incremental if the model and"
                                    + " the provider support it. All modes give equal forecasts.");

    public static final ConfigOption<MemorySize> CACHE_MEMORY =
            ConfigOptions.key("forecast.cache-memory")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription(
                            "Off-heap memory for the cache of each subtask. By default, the cache"
                                    + " uses the job's share of Flink's managed memory"
                                    + " (taskmanager.memory.managed.size). A size that is set here"
                                    + " is allocated in addition.");

    public static final ConfigOption<String> FROM =
            ConfigOptions.key("forecast.from")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The first ticks to forecast. start: ticks that end after the job was"
                                    + " first submitted. A time such as 2026-03-01T00:00:00Z: ticks"
                                    + " that end after it. earliest: all ticks that are read."
                                    + " Earlier ticks only fill the contexts, so the history in a"
                                    + " topic is read at full speed. The default is start, or"
                                    + " earliest for a bounded source. A job that continues from a"
                                    + " savepoint keeps the time of its first submission.");

    public static final ConfigOption<Integer> MICRO_BATCH_SIZE =
            ConfigOptions.key("forecast.micro-batch-size")
                    .intType()
                    .defaultValue(MicroBatchSettings.DEFAULT.size())
                    .withDescription(
                            "The most forecasts that are computed in one call of the model.");

    public static final ConfigOption<Duration> LINGER =
            ConfigOptions.key("forecast.linger")
                    .durationType()
                    .defaultValue(MicroBatchSettings.DEFAULT.linger())
                    .withDescription(
                            "The longest time that a tick waits for others to fill its"
                                    + " micro-batch.");

    public static final ConfigOption<Integer> HORIZON =
            ConfigOptions.key("forecast.horizon")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "The number of horizon steps to emit; 0 for all steps of the model.");

    public static final ConfigOption<List<Double>> QUANTILE_LEVELS =
            ConfigOptions.key("forecast.quantile-levels")
                    .doubleType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "The quantile levels to emit, in ascending order, each a level of the"
                                    + " model; empty for all.");

    public static final ConfigOption<Integer> SILENT_TICKS =
            ConfigOptions.key("forecast.silent-ticks")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "The number of ticks for which a silent series is still forecast; 0 for"
                                    + " none.");

    public static final ConfigOption<Integer> IDLE_EXPIRY_TICKS =
            ConfigOptions.key("forecast.idle-expiry-ticks")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "After this many ticks without an observation the state of a series is"
                                    + " deleted. It must be at least the number of ticks that a"
                                    + " forecast depends on: the context of the model and the ticks"
                                    + " before it that location and scale are computed from, of"
                                    + " which shipped models have 1,024. 0 stands for that number.");

    public static final ConfigOption<Integer> MAX_SERIES =
            ConfigOptions.key("forecast.max-series")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "The most series with state in the whole job; each subtask has a share."
                                    + " Observations of further series are refused and written to"
                                    + " sink.refused-topic until the state of other series expires."
                                    + " Series with state are not affected. For a model that mixes channels, the limit counts entities: all channels of a key count as one. 0 for"
                                    + " no limit.");

    private ForecastOptions() {}
}
