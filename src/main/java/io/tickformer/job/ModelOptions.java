package io.tickformer.job;

import io.tickformer.inference.runtime.Provider;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The model. */
public final class ModelOptions {
    public static final ConfigOption<String> PATH =
            ConfigOptions.key("model.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The model's .onnx file, on any file system that Flink knows; read once"
                                    + " when the job is submitted, and shipped with it.");

    public static final ConfigOption<String> SPEC =
            ConfigOptions.key("model.spec")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Spec file, JSON, of a model made elsewhere: names and layouts of its"
                                    + " inputs and outputs; empty for a model that carries its own"
                                    + " spec.");

    public static final ConfigOption<Duration> TICK =
            ConfigOptions.key("model.tick")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Length of a tick in place of the model's own, for a model of any"
                                    + " series such as models/universal.onnx; one that knows the"
                                    + " calendar keeps its own.");

    public static final ConfigOption<Provider> PROVIDER =
            ConfigOptions.key("model.provider")
                    .enumType(Provider.class)
                    .defaultValue(Provider.CPU)
                    .withDescription(
                            "What executes the model; auto takes a GPU where there is one.");

    private ModelOptions() {}
}
