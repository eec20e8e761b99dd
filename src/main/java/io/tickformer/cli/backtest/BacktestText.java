package io.tickformer.cli.backtest;

import io.tickformer.evaluation.backtest.BacktestResult;
import io.tickformer.evaluation.backtest.ForecasterResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sentences that describe a backtest, for the terminal and the report. */
final class BacktestText {
    private BacktestText() {}

    static String subtitle(BacktestSummary summary) {
        BacktestResult result = summary.result();
        return "%s, %s part, %s to %s: %d series, %d windows of each, %d steps ahead"
                .formatted(
                        summary.protocol().label(),
                        lower(summary.part()),
                        summary.firstTarget(),
                        summary.lastTarget(),
                        result.series(),
                        result.windows(),
                        result.horizon());
    }

    /** How forecasts were scored and what was left out. */
    static List<String> notes(BacktestSummary summary) {
        BacktestResult result = summary.result();
        List<String> notes = new ArrayList<>();
        notes.add(
                "%s, version %s; the %s is scored; a season is %d ticks."
                        .formatted(
                                summary.modelFile(),
                                summary.model().version(),
                                lower(summary.own().point()),
                                result.season()));
        if (result.missingTargets() > 0) {
            notes.add("%d missing targets are left out.".formatted(result.missingTargets()));
        }
        if (result.unscaledSeries() > 0) {
            notes.add(
                    "%d series without a value in the training part have no z-scored errors."
                            .formatted(result.unscaledSeries()));
        }
        for (ForecasterResult each : result.forecasters()) {
            if (each.unanswered() > 0) {
                notes.add(
                        ("%s: %d windows without a forecast, because the series had no observations"
                                        + " yet.")
                                .formatted(each.name(), each.unanswered()));
            }
            if (each.fallbacks() > 0) {
                notes.add(
                        "%s: %d forecasts were not finite and were replaced by the last value."
                                .formatted(each.name(), each.fallbacks()));
            }
        }
        return notes;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
