package io.tickformer.training;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.annotation.Public;
import io.tickformer.history.History;
import io.tickformer.history.SplitBorders;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.Networks;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that a training needs: data, model, settings and output.
 *
 * @param history the history of training and validation sets
 * @param borders borders of the training and validation sets. The history must end with the
 *     validation set, so that the model cannot learn from later values. Null if the validation set
 *     is the last part of the history, as the settings say
 * @param spec the spec of the model; its architecture is not foreign
 * @param baseModel the model that fine-tuning starts from, whose spec may differ as described in
 *     {@link BaseModel}; null to start from random weights
 * @param settings settings of the training
 * @param runner runs the graphs of the training
 * @param output file of the model; its name without the extension is the name of the model
 * @param resume whether to resume from the training snapshot beside the output
 */
@Public
public record TrainingPlan(
        History history,
        SplitBorders borders,
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
                "best or ensemble for training from scratch: only the weights of models fine-tuned"
                        + " from the same base model can be averaged");
        if (output.getFileName() == null || !output.getFileName().toString().endsWith(ENDING)) {
            throw new TrainingException(
                    "the output is %s; expected a file that ends in %s".formatted(output, ENDING));
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The initial state of the run with a seed. */
    OptimiserState initialState(long seed) {
        return baseModel == null
                ? OptimiserState.initial(Networks.of(spec).layout(), seed)
                : OptimiserState.startingFrom(baseModel.parametersFor(spec));
    }

    /** The training and validation sets. */
    TrainingData data() {
        // A base model has learned to use a whole context, so a history shorter than a context is
        // enough to fine-tune it. From random weights a model could not learn it.
        int contextTicks = baseModel == null ? spec.contextLength() : spec.network().patchLength();
        return borders == null
                ? TrainingData.of(history, spec, settings.validation().share(), contextTicks)
                : TrainingData.of(history, spec, borders, contextTicks);
    }

    /** The file of the training snapshot, beside the output. */
    public Path snapshot() {
        return output.resolveSibling(output.getFileName() + ".snapshot");
    }

    /** Name of the model. */
    public String modelName() {
        String file = output.getFileName().toString();
        return file.substring(0, file.length() - ENDING.length());
    }

    /** Everything that the trained weights depend on, by name, in a fixed order. */
    Map<String, String> described(String fingerprint) {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("data", fingerprint);
        described.put("spec", SpecJson.write(spec));
        described.put("aggregate", spec.aggregate().name());
        if (borders != null) {
            described.put("borders", borders.trainEnd() + " to " + borders.validationEnd());
        }
        if (baseModel != null) {
            described.put("base model", baseModel.label());
        }
        described.putAll(settings.described());
        return described;
    }

    /**
     * Builds a plan. Without borders the validation set is the last share of the history, without a
     * base model training starts from random weights.
     */
    public static final class Builder {
        private History history;
        private SplitBorders borders;
        private ForecastSpec spec;
        private BaseModel baseModel;
        private TrainingSettings settings;
        private RunnerOptions runner;
        private Path output;
        private boolean resume;

        private Builder() {}

        @CanIgnoreReturnValue
        public Builder history(History value) {
            history = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder borders(SplitBorders value) {
            borders = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder spec(ForecastSpec value) {
            spec = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder baseModel(BaseModel value) {
            baseModel = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder settings(TrainingSettings value) {
            settings = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder runner(RunnerOptions value) {
            runner = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder output(Path value) {
            output = value;
            return this;
        }

        @CanIgnoreReturnValue
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
