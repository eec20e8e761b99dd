package io.tickformer.cli.card;

import io.tickformer.console.SpecTable;
import io.tickformer.history.SplitBorders;
import io.tickformer.training.TrainingPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The section on the training data. */
final class DataSection {
    private static final int MOST_SERIES = 12;

    private DataSection() {}

    static void write(Markdown page, TrainingPlan plan, DataFacts data, SplitBorders borders) {
        long tick = plan.spec().tickMillis();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("source", Markdown.value(LocalPaths.shorten(data.source())));
        facts.put("series", CardNumbers.count(data.series().size()));
        facts.put("span", span(data.firstTick(), data.endTick(), tick));
        facts.put(
                "ticks",
                "%s of %s, each the %s of its observations; empty ticks are %s"
                        .formatted(
                                CardNumbers.count(data.ticks()),
                                SpecTable.time(tick),
                                word(plan.spec().aggregate()),
                                word(plan.spec().emptyTick())));
        facts.put(
                "missing",
                "%s of the ticks between a series' first value and its last"
                        .formatted(CardNumbers.percent(data.missingShare())));
        facts.put("fingerprint", Markdown.value(data.fingerprint()));
        facts.put("trained on", span(borders.first(), borders.trainEnd(), tick));
        facts.put("validated on", span(borders.trainEnd(), borders.validationEnd(), tick));
        if (plan.borders() != null) {
            facts.put(
                    "not used",
                    "everything after that, including the test set of %s ticks"
                            .formatted(CardNumbers.count(plan.borders().testTicks())));
        }
        page.heading(2, "Data")
                .facts(facts)
                .paragraph(
                        "The fingerprint is a hash of keys, times and values, independent of the"
                                + " file format. Times are in UTC.");
        series(page, data, tick);
    }

    private static void series(Markdown page, DataFacts data, long tick) {
        List<List<String>> rows = new ArrayList<>();
        int shown = Math.min(MOST_SERIES, data.series().size());
        for (DataFacts.OneSeries one : data.series().subList(0, shown)) {
            rows.add(
                    List.of(
                            Markdown.value(one.key()),
                            time(one.firstTick(), tick),
                            time(one.endTick() - 1, tick),
                            CardNumbers.count(one.ticks()),
                            CardNumbers.percent(one.missingShare())));
        }
        page.table(List.of("series", "first tick", "last tick", "ticks", "missing"), rows, true);
        if (shown < data.series().size()) {
            page.paragraph(
                    "and %s more series."
                            .formatted(CardNumbers.count(data.series().size() - (long) shown)));
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Formats the range from a tick to before another. */
    private static String span(long first, long end, long tickMillis) {
        return "%s to %s, %s ticks"
                .formatted(
                        time(first, tickMillis),
                        time(end - 1, tickMillis),
                        CardNumbers.count(end - first));
    }

    /** Formats the start of a tick, without the seconds if they are zero. */
    static String time(long tick, long tickMillis) {
        return Instant.ofEpochMilli(tick * tickMillis)
                .toString()
                .replace('T', ' ')
                .replaceAll("(:00)?Z$", "");
    }
}
