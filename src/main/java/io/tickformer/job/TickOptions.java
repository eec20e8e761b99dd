package io.tickformer.job;

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
                    .defaultValue(TickAggregate.MEAN)
                    .withDescription("How the observations of a tick become its value.");

    public static final ConfigOption<Duration> ALLOWED_LATENESS =
            ConfigOptions.key("tick.allowed-lateness")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long after its end a tick is still revised by late observations;"
                                    + " by default one tick length. Later ones go to sink.late-topic.");

    private TickOptions() {}
}
