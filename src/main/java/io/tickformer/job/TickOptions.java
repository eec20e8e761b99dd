package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the ticks. */
@Public
public final class TickOptions {
    public static final ConfigOption<Duration> LENGTH =
            ConfigOptions.key("tick.length")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "A check only: the job does not start with a model of another tick"
                                    + " length. To change the length of the ticks, set model.tick."
                                    + " By default the tick length of the model.");

    public static final ConfigOption<TickAggregate> AGGREGATE =
            ConfigOptions.key("tick.aggregate")
                    .enumType(TickAggregate.class)
                    .noDefaultValue()
                    .withDescription(
                            "How the observations of a tick are aggregated to its value; by default"
                                    + " as in the model. A model that was trained with another"
                                    + " aggregate is refused. A universal model such as"
                                    + " models/universal.onnx, trained on synthetic series, accepts"
                                    + " any aggregate, by default mean.");

    public static final ConfigOption<EmptyTickPolicy> EMPTY =
            ConfigOptions.key("tick.empty")
                    .enumType(EmptyTickPolicy.class)
                    .noDefaultValue()
                    .withDescription(
                            "The value of a tick without observations: missing, zero, or last (the"
                                    + " value before it). It applies until the series has had no"
                                    + " observation for as many ticks as a forecast depends on. By default as in the"
                                    + " model; with another tick.aggregate than the model's, zero"
                                    + " for sum and count, and missing otherwise. Ticks filled with"
                                    + " zero or last are forecast as any other.");

    public static final ConfigOption<Integer> READINGS =
            ConfigOptions.key("tick.readings")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "The number of readings after which a tick of a series ends and is"
                                    + " forecast: 1 for meters that send once per tick. Further"
                                    + " readings still revise the tick. 0 if the number is"
                                    + " unknown.");

    private TickOptions() {}
}
