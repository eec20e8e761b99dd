package io.tickformer.job;

import io.tickformer.event.EmptyTick;
import io.tickformer.event.TickAggregate;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** How observations become ticks. */
public final class TickOptions {
    public static final ConfigOption<Duration> LENGTH =
            ConfigOptions.key("tick.length")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Length of a tick; by default the model's (see model.tick), and never"
                                    + " another: it is here so that a job that is meant for one grid"
                                    + " does not start with a model of another.");

    public static final ConfigOption<TickAggregate> AGGREGATE =
            ConfigOptions.key("tick.aggregate")
                    .enumType(TickAggregate.class)
                    .noDefaultValue()
                    .withDescription(
                            "How the observations of a tick become its value; by default as the"
                                    + " model says. A model trained on others is refused, unless it"
                                    + " learned from synthetic series and takes any, such as"
                                    + " models/universal.onnx: mean by default.");

    public static final ConfigOption<EmptyTick> EMPTY =
            ConfigOptions.key("tick.empty")
                    .enumType(EmptyTick.class)
                    .noDefaultValue()
                    .withDescription(
                            "What a tick without observations is while its series lives, which it"
                                    + " does until it had none for as many ticks as the model's"
                                    + " forecasts can depend on: missing, zero, or last, the value"
                                    + " before it. By default as the model"
                                    + " says or, with another tick.aggregate than its own, zero for"
                                    + " sum and count and missing otherwise. A tick that is zero or"
                                    + " last is forecast as any other.");

    public static final ConfigOption<Integer> READINGS =
            ConfigOptions.key("tick.readings")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "A tick of a series is over, and forecast, with so many readings of it:"
                                    + " 1 for meters that send once a tick. Further readings still"
                                    + " join the tick. 0 where the number is not known.");

    private TickOptions() {}
}
