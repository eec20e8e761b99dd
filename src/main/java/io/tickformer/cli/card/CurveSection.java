package io.tickformer.cli.card;

import io.tickformer.training.LearningCurvePoint;
import io.tickformer.training.RunSummary;
import io.tickformer.training.StopReason;
import io.tickformer.training.TrainingPlan;
import io.tickformer.training.TrainingResult;
import io.tickformer.training.ValidationMetric;
import io.tickformer.training.ValidationScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The section on the training and its curve. */
final class CurveSection {
    private static final int MOST_ROWS = 16;
    private static final int MOST_BARS = 60;

    private CurveSection() {}

    static void write(Markdown page, TrainingPlan plan, TrainingResult result) {
        page.heading(2, "Training").facts(settings(plan));
        RunSummary run = result.run();
        page.paragraph(
                "%s after %s steps. %s"
                        .formatted(
                                run.stopReason() == StopReason.STOPPED_EARLY
                                        ? "Stopped early"
                                        : "Completed",
                                CardNumbers.count(run.steps()),
                                weights(result)));
        if (result.runs().size() > 1) {
            runs(page, result);
        }
        curve(page, run, result.metric());
    }

    private static Map<String, String> settings(TrainingPlan plan) {
        Map<String, String> settings = new LinkedHashMap<>(plan.settings().described());
        if (plan.borders() != null) {
            // The validation set was given by a split; the share was not used.
            settings.remove("validation share");
        }
        settings.replaceAll((name, value) -> Markdown.value(value));
        return settings;
    }

    /** Describes which weights the file contains. */
    private static String weights(TrainingResult result) {
        String best =
                "the best on validation by %s, %s"
                        .formatted(
                                result.metric(),
                                CardNumbers.four(result.metric().of(result.validation())));
        return switch (result.combination()) {
            case BEST ->
                    "The weights are those of seed %d at step %s, %s."
                            .formatted(
                                    result.run().seed(),
                                    CardNumbers.count(result.run().bestStep()),
                                    best);
            case ENSEMBLE ->
                    ("The file is an ensemble of all seeds and returns their mean. Its validation"
                                    + " %2$s is %1$s.")
                            .formatted(
                                    CardNumbers.four(result.metric().of(result.validation())),
                                    result.metric());
            case AVERAGE ->
                    "The weights are the mean over all seeds. Their validation %2$s is %1$s."
                            .formatted(
                                    CardNumbers.four(result.metric().of(result.validation())),
                                    result.metric());
        };
    }

    private static void runs(Markdown page, TrainingResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (RunSummary run : result.runs()) {
            rows.add(
                    List.of(
                            Long.toString(run.seed()),
                            CardNumbers.count(run.steps()),
                            CardNumbers.count(run.bestStep()),
                            CardNumbers.four(result.metric().of(run.validation())),
                            run.equals(result.run()) ? "yes" : ""));
        }
        page.table(
                List.of("seed", "steps", "best step", "validation " + result.metric(), "best"),
                rows,
                true);
    }

    private static void curve(Markdown page, RunSummary run, ValidationMetric metric) {
        List<LearningCurvePoint> curve = run.curve();
        page.heading(3, "Curve");
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(
                "training loss",
                bars(curve.stream().map(LearningCurvePoint::trainingLoss).toList()));
        lines.put(
                "validation " + metric,
                bars(curve.stream().map(each -> metric.of(each.validation())).toList()));
        page.facts(lines);
        List<List<String>> rows = new ArrayList<>();
        for (int i : shown(curve, run.bestStep())) {
            LearningCurvePoint point = curve.get(i);
            ValidationScores scores = point.validation();
            String step = CardNumbers.count(point.step());
            rows.add(
                    List.of(
                            point.step() == run.bestStep() ? "**" + step + "**" : step,
                            CardNumbers.four(point.trainingLoss()),
                            CardNumbers.four(scores.loss()),
                            CardNumbers.four(scores.pinball()),
                            CardNumbers.four(scores.mse()),
                            CardNumbers.four(scores.mae())));
        }
        page.table(
                List.of(
                        "step",
                        "training loss",
                        "validation loss",
                        "pinball",
                        "MSE of the median",
                        "MAE of the median"),
                rows,
                true);
        page.paragraph(
                ("%d of %d validations, the best in bold. Losses are normalised by the frames of"
                                + " the tokens, the other columns by the standard deviation of each series.")
                        .formatted(rows.size(), curve.size()));
    }

    private static String bars(List<Double> numbers) {
        return "`" + CardNumbers.sparkline(numbers, MOST_BARS) + "`";
    }

    /** Positions evenly spread over the curve, its ends and its best among them. */
    private static Set<Integer> shown(List<LearningCurvePoint> curve, long bestStep) {
        Set<Integer> positions = new TreeSet<>();
        int last = curve.size() - 1;
        int rows = Math.min(MOST_ROWS, curve.size());
        for (int i = 0; i < rows; i++) {
            positions.add(rows == 1 ? last : (int) Math.round((double) i * last / (rows - 1)));
        }
        for (int i = 0; i <= last; i++) {
            if (curve.get(i).step() == bestStep) {
                positions.add(i);
            }
        }
        return positions;
    }
}
