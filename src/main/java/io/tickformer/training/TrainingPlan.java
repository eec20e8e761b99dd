package io.tickformer.training;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.history.Borders;
import io.tickformer.history.History;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.Networks;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What to train on which history, and where to leave it.
 *
 * @param history what to learn from
 * @param borders where the training part ends and the validation part begins and ends; the history
 *     must end there too, so that no later value can be learned from. Null to validate on the last
 *     share of the time that the settings name
 * @param spec what defines the model; a network of ours
 * @param baseModel the model to start from, whose spec may differ as {@link BaseModel} says; null
 *     to start from chance
 * @param settings how to train
 * @param runner what executes the graphs of training
 * @param output the file of the model; its name without the ending names the model
 * @param resume whether to go on from the training snapshot beside the output
 */
public record TrainingPlan(
        History history,
        Borders borders,
        ForecastSpec spec,
        BaseModel baseModel,
        TrainingSettings settings,
        RunnerOptions runner,
        Path output,
        boolean resume) {
    private static final String ENDING = ".onnx";

    public TrainingPlan {
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(runner, "runner");
        spec.network();
        TrainingException.require(
                settings.seeds() == 1
                        || settings.combination() != SeedCombination.AVERAGE
                        || baseModel != null,
                "combination",
                settings.combination(),
                "best or ensemble where training starts from chance: weights can be averaged only of"
                        + " models fine-tuned from one baseModel");
        if (output.getFileName() == null || !output.getFileName().toString().endsWith(ENDING)) {
            throw new TrainingException(
                    "the output is %s; expected a file that ends in %s".formatted(output, ENDING));
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where the parameters of a seed start. */
    OptimiserState initialState(long seed) {
        return baseModel == null
                ? OptimiserState.initial(Networks.of(spec).layout(), seed)
                : OptimiserState.startingFrom(baseModel.parametersFor(spec));
    }

    /** The history as it is trained on and validated on. */
    TrainingData data() {
        // A model that has learned from other data knows what to do with a context longer than this
        // history; one that starts from chance would never see one.
        int contextTicks = baseModel == null ? spec.contextLength() : spec.network().patchLength();
        return borders == null
                ? TrainingData.of(history, spec, settings.validation().share(), contextTicks)
                : TrainingData.of(history, spec, borders, contextTicks);
    }

    /** The training snapshot beside the output. */
    public Path snapshot() {
        return output.resolveSibling(output.getFileName() + ".snapshot");
    }

    /** The model's name. */
    public String modelName() {
        String file = output.getFileName().toString();
        return file.substring(0, file.length() - ENDING.length());
    }

    /** What the numbers of this training depend on, by name, in a fixed order. */
    Map<String, String> described(String fingerprint) {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("data", fingerprint);
        described.put("spec", SpecJson.write(spec));
        described.put("aggregate", spec.aggregate().name());
        if (borders != null) {
            described.put("borders", borders.trainEnd() + " to " + borders.validationEnd());
        }
        if (baseModel != null) {
            described.put("baseModel", baseModel.label());
        }
        described.putAll(settings.described());
        return described;
    }

    /**
     * Builds a plan. Without borders the validation set is the last share of the history, without a
     * base model training starts from random weights.
     */
    @CanIgnoreReturnValue
    public static final class Builder {
        private History history;
        private Borders borders;
        private ForecastSpec spec;
        private BaseModel baseModel;
        private TrainingSettings settings;
        private RunnerOptions runner;
        private Path output;
        private boolean resume;

        private Builder() {}

        public Builder history(History value) {
            history = value;
            return this;
        }

        public Builder borders(Borders value) {
            borders = value;
            return this;
        }

        public Builder spec(ForecastSpec value) {
            spec = value;
            return this;
        }

        public Builder baseModel(BaseModel value) {
            baseModel = value;
            return this;
        }

        public Builder settings(TrainingSettings value) {
            settings = value;
            return this;
        }

        public Builder runner(RunnerOptions value) {
            runner = value;
            return this;
        }

        public Builder output(Path value) {
            output = value;
            return this;
        }

        public Builder resume(boolean value) {
            resume = value;
            return this;
        }

        public TrainingPlan build() {
            return new TrainingPlan(
                    history, borders, spec, baseModel, settings, runner, output, resume);
        }
    }
}
