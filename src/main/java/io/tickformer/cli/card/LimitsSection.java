package io.tickformer.cli.card;

import io.tickformer.console.SpecTable;
import io.tickformer.history.Borders;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.TickFit;
import io.tickformer.training.TrainingPlan;
import io.tickformer.training.TrainingResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a model was not made for. Every sentence follows from its spec and its training. */
final class LimitsSection {
    private LimitsSection() {}

    static void write(Markdown page, TrainingPlan plan, TrainingResult result, DataFacts data) {
        ForecastSpec spec = plan.spec();
        long tick = spec.tickMillis();
        int reach = spec.reach();
        List<String> limits = new ArrayList<>();
        limits.add(
                ("**Horizon.** It forecasts 1 to %s ticks ahead (%s). A shorter"
                                + " forecast is the beginning of it; there is no longer one.")
                        .formatted(
                                Figures.count(spec.horizon()),
                                SpecTable.time(spec.horizon() * tick)));
        limits.add(
                "**Tick.** It knows ticks of %s that are the %s of their observations. %s"
                        .formatted(
                                SpecTable.time(tick),
                                spec.aggregate().name().toLowerCase(Locale.ROOT),
                                ticks(spec)));
        limits.add(
                ("**Context.** The model reads the last %s ticks (%s). Location and scale look"
                                + " back %s ticks further, with falling weight; nothing older has"
                                + " any influence. It cannot see a pattern longer than that%s.")
                        .formatted(
                                Figures.count(reach),
                                SpecTable.time(reach * tick),
                                Figures.count(spec.normalisation().memoryTicks()),
                                calendar(spec)));
        limits.add(
                ("**Gaps.** %s After a gap of %s ticks or more a series starts anew; until"
                                + " %s ticks have passed since its start its forecasts are marked"
                                + " `WARMING_UP`. It learned from a history of which %s was"
                                + " missing.")
                        .formatted(
                                emptyTicks(spec),
                                Figures.count(spec.ringTicks()),
                                Figures.count(spec.contextLength()),
                                Figures.percent(data.missingShare())));
        limits.add(
                ("**Change.** Location and scale follow a series with a half-life of %s"
                                + " ticks, and another level after five values; the weights do not"
                                + " change. The quantiles do not know of changes since %s: watch"
                                + " their coverage, and train anew.")
                        .formatted(
                                number(spec.normalisation().halfLifeTicks()),
                                end(result.borders(), tick)));
        limits.add(series(spec, data));
        limits.add(
                ("**Quantiles.** It answers the levels %s. What lies outside the"
                                + " outermost is not forecast.")
                        .formatted(
                                spec.quantileLevels().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", "))));
        limits.add(
                ("**Selection.** Its weights were selected by %s on the validation"
                                + " part, so figures of that part flatter it. Judge it on data that"
                                + " neither trained nor validated it.")
                        .formatted(result.metric()));
        page.heading(2, "Limits").list(limits);
    }

    private static String ticks(ForecastSpec spec) {
        return spec.tickFit() == TickFit.ANY
                ? "It takes those of any other aggregate as well."
                : "Other ticks, or another aggregate, are other data.";
    }

    private static String emptyTicks(ForecastSpec spec) {
        return switch (spec.emptyTick()) {
            case MISSING -> "A missing tick stays missing, and nothing is made up for it.";
            case ZERO -> "A tick without observations is zero.";
            case LAST -> "A tick without observations is as the one before it.";
        };
    }

    private static String series(ForecastSpec spec, DataFacts data) {
        String calendar = spec.calendarFeatures().isEmpty() ? "" : " and the calendar";
        String count = Figures.count(data.series().size());
        String unknown =
                "and how it does on series of another kind is not known until they are backtested.";
        return spec.channels().isEmpty()
                ? ("**Series.** Every series is forecast from its own past%s; series do not inform"
                                + " each other. It learned from %s of them, %s")
                        .formatted(calendar, count, unknown)
                : ("**Series.** The channels of a record are forecast together, from the past of all"
                                + " of them%s; records do not inform each other. It learned from %s"
                                + " series, %s")
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
                                ", but for the calendar it is told (",
                                spec.calendarZone() == null
                                        ? ")"
                                        : " in " + spec.calendarZone() + ")"));
    }

    private static String end(Borders borders, long tick) {
        return Instant.ofEpochMilli(borders.validationEnd() * tick).toString().substring(0, 10);
    }

    private static String number(double ticks) {
        return ticks == Math.rint(ticks) ? Figures.count((long) ticks) : Double.toString(ticks);
    }
}
