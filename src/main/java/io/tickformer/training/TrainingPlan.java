package io.tickformer.training;

import io.tickformer.event.TickAggregate;
import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import io.tickformer.inference.Provider;
import io.tickformer.inference.RunnerOptions;
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
 * @param spec what defines the model; a transformer of ours
 * @param aggregate how the observations of a tick become its value
 * @param settings how to train
 * @param runner what executes the graphs of training
 * @param output the file of the model; its name without the ending names the model
 * @param resume whether to go on from the training snapshot beside the output
 */
public record TrainingPlan(
        History history,
        ForecastSpec spec,
        TickAggregate aggregate,
        TrainingSettings settings,
        RunnerOptions runner,
        Path output,
        boolean resume) {
    private static final String ENDING = ".onnx";

    /** A history holds at least this many contexts, so that no window is most of what there is. */
    private static final int CONTEXTS_IN_HISTORY = 4;

    public TrainingPlan {
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(aggregate, "aggregate");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(runner, "runner");
        spec.transformer();
        if (output.getFileName() == null || !output.getFileName().toString().endsWith(ENDING)) {
            throw new TrainingException(
                    "the output is %s; expected a file that ends in %s".formatted(output, ENDING));
        }
    }

    /**
     * The plan for whoever has no wishes of their own: a streaming transformer of the standard
     * size, or of a shorter context where the history is short, the standard settings, one thread
     * of the processor.
     *
     * @param horizon H
     * @param output the file of the model
     */
    public static TrainingPlan standard(
            History history, long tickMillis, int horizon, Path output) {
        return new TrainingPlan(
                history,
                standardSpec(history, tickMillis, horizon),
                TickAggregate.MEAN,
                TrainingSettings.DEFAULT,
                new RunnerOptions(Provider.CPU, 1),
                output,
                false);
    }

    private static ForecastSpec standardSpec(History history, long tickMillis, int horizon) {
        ForecastSpec spec = ForecastSpec.streaming(tickMillis, 16, 12, horizon, 3, 32, 4, 128);
        if (longest(history) < (long) CONTEXTS_IN_HISTORY * spec.contextLength()) {
            spec = ForecastSpec.streaming(tickMillis, 8, 8, horizon, 2, 32, 4, 128);
        }
        if (longest(history) < (long) CONTEXTS_IN_HISTORY * spec.contextLength()) {
            spec = ForecastSpec.streaming(tickMillis, 4, 6, horizon, 2, 32, 4, 128);
        }
        return spec.withCalendarFeatures(CalendarChoice.suited(tickMillis, history));
    }

    private static int longest(History history) {
        int longest = 0;
        for (SeriesHistory series : history.series()) {
            longest = Math.max(longest, series.observed());
        }
        return longest;
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
        described.put("aggregate", aggregate.name());
        described.putAll(settings.described());
        return described;
    }
}
