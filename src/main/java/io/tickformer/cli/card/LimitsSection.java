package io.tickformer.cli.card;

import io.tickformer.console.SpecTable;
import io.tickformer.history.SplitBorders;
import io.tickformer.spec.AcceptedTickMeanings;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.training.TrainingPlan;
import io.tickformer.training.TrainingResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The section on the limits of a model, derived from its spec and its training. */
final class LimitsSection {
    private LimitsSection() {}

    static void write(Markdown page, TrainingPlan plan, TrainingResult result, DataFacts data) {
        ForecastSpec spec = plan.spec();
        long tick = spec.tickMillis();
        int reach = spec.reach();
        List<String> limits = new ArrayList<>();
        limits.add(
                "**Horizon.** It forecasts 1 to %s ticks ahead (%s). It cannot forecast further."
                        .formatted(
                                CardNumbers.count(spec.horizon()),
                                SpecTable.time(spec.horizon() * tick)));
        limits.add(
                "**Tick.** It forecasts ticks of %s that are the %s of their observations. %s"
                        .formatted(
                                SpecTable.time(tick),
                                spec.aggregate().name().toLowerCase(Locale.ROOT),
                                ticks(spec)));
        limits.add(
                ("**Context.** The model reads the last %s ticks (%s). Location and scale use"
                                + " another %s ticks with decreasing weight; older ticks have no influence. It"
                                + " cannot see longer patterns%s.")
                        .formatted(
                                CardNumbers.count(reach),
                                SpecTable.time(reach * tick),
                                CardNumbers.count(spec.normalisation().memoryTicks()),
                                calendar(spec)));
        limits.add(
                ("**Gaps.** %s After a gap of %s ticks or more a series starts anew. Until %s ticks"
                                + " have passed since its start, its forecasts are marked `WARMING_UP`. In its"
                                + " training data %s of the ticks were missing.")
                        .formatted(
                                emptyTicks(spec),
                                CardNumbers.count(spec.ringTicks()),
                                CardNumbers.count(spec.contextLength()),
                                CardNumbers.percent(data.missingShare())));
        limits.add(
                ("**Change.** Location and scale follow a series with a half-life of %s ticks, and"
                                + " a new level after five values; the weights do not change. The quantiles do"
                                + " not reflect changes since %s: watch their coverage, and retrain.")
                        .formatted(
                                number(spec.normalisation().halfLifeTicks()),
                                end(result.borders(), tick)));
        limits.add(series(spec, data));
        limits.add(
                "**Quantiles.** It forecasts the levels %s and nothing beyond the outermost ones."
                        .formatted(
                                spec.quantileLevels().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", "))));
        limits.add(
                ("**Selection.** Its weights were selected by %s on the validation set, so figures"
                                + " of that set are optimistic. Evaluate it on other data.")
                        .formatted(result.metric()));
        page.heading(2, "Limits").list(limits);
    }

    private static String ticks(ForecastSpec spec) {
        return spec.tickFit() == AcceptedTickMeanings.ANY
                ? "It also accepts any other aggregate."
                : "Other tick lengths or aggregates are outside its training data.";
    }

    private static String emptyTicks(ForecastSpec spec) {
        return switch (spec.emptyTick()) {
            case MISSING -> "A missing tick stays missing; no value is imputed.";
            case ZERO -> "A tick without observations is zero.";
            case LAST -> "A tick without observations repeats the previous one.";
        };
    }

    private static String series(ForecastSpec spec, DataFacts data) {
        String calendar = spec.calendarFeatures().isEmpty() ? "" : " and the calendar";
        String count = CardNumbers.count(data.series().size());
        String unknown =
                "and its accuracy on other kinds of series is unknown until they are backtested.";
        return spec.channels().isEmpty()
                ? ("**Series.** Each forecast uses only the past of its own series%s; series do not"
                                + " influence each other. It was trained on %s series, %s")
                        .formatted(calendar, count, unknown)
                : ("**Series.** The channels of a record are forecast together from their past%s;"
                                + " records do not influence each other. It was trained on %s series, %s")
                        .formatted(calendar, count, unknown);
    }

    private static String calendar(ForecastSpec spec) {
        if (spec.calendarFeatures().isEmpty()) {
            return "";
        }
        return spec.calendarFeatures().stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(
                        Collectors.joining(
                                ", ",
                                ", except through the calendar features (",
                                spec.calendarZone() == null
                                        ? ")"
                                        : " in " + spec.calendarZone() + ")"));
    }

    private static String end(SplitBorders borders, long tick) {
        return Instant.ofEpochMilli(borders.validationEnd() * tick).toString().substring(0, 10);
    }

    private static String number(double ticks) {
        return ticks == Math.rint(ticks) ? CardNumbers.count((long) ticks) : Double.toString(ticks);
    }
}
