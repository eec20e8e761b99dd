package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.inference.runtime.ExecutionProvider;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the model. */
@Public
public final class ModelOptions {
    public static final ConfigOption<String> PATH =
            ConfigOptions.key("model.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The .onnx file of the model, on any file system that Flink supports."
                                    + " It is read when the job is submitted, and shipped with the"
                                    + " job.");

    public static final ConfigOption<String> SPEC =
            ConfigOptions.key("model.spec")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "JSON spec file of a foreign model: names and layouts of its inputs and"
                                    + " outputs. Empty for a model that contains its spec.");

    public static final ConfigOption<Duration> TICK =
            ConfigOptions.key("model.tick")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Tick length that replaces the model's own, for a universal model such"
                                    + " as models/universal.onnx. A model with calendar features"
                                    + " keeps its own tick length.");

    public static final ConfigOption<ExecutionProvider> PROVIDER =
            ConfigOptions.key("model.provider")
                    .enumType(ExecutionProvider.class)
                    .defaultValue(ExecutionProvider.CPU)
                    .withDescription(
                            "The execution provider of ONNX Runtime; auto uses a GPU if there is"
                                    + " one.");

    private ModelOptions() {}
}
