package io.tickformer.lab.drill;

import io.tickformer.event.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs all cases of values in one stream, which holds every clean and every dirty series. */
final class ValueDrill {
    private final DrillGrid grid;
    private final List<ValueCase> cases;
    private final Map<String, SeriesPair> specimens = new LinkedHashMap<>();

    /** The sent readings of each series. */
    private final Map<String, SentSeries> sent = new LinkedHashMap<>();

    /** The clean counterpart of each dirty series. */
    private final Map<String, String> cleanKeys = new HashMap<>();

    private final int length;

    ValueDrill(DrillGrid grid, List<ValueCase> cases) {
        this.grid = grid;
        this.cases = cases;
        int end = 0;
        for (ValueCase each : cases) {
            end = Math.max(end, each.end(grid));
        }
        this.length = end + grid.steps();
        for (int number = 0; number < grid.series(); number++) {
            CleanSeries subject = CleanSeries.of(number, length);
            sent.put(plain(number), SentSeries.of(subject.values(), end));
            for (ValueCase each : cases) {
                add(each, subject);
            }
        }
    }

    private void add(ValueCase each, CleanSeries subject) {
        SplittableRandom chance =
                new SplittableRandom(31L * each.name().hashCode() + subject.number());
        SeriesPair specimen = each.fault().strike(grid, subject, each.end(grid), chance);
        String key = key(each, subject.number());
        specimens.put(key, specimen);
        sent.put(key, specimen.dirty());
        if (isPlain(specimen.clean(), subject)) {
            cleanKeys.put(key, plain(subject.number()));
        } else {
            cleanKeys.put(key, key + "/clean");
            sent.put(key + "/clean", specimen.clean());
        }
    }

    /** Whether a clean series is the standard one, which most cases share. */
    private static boolean isPlain(SentSeries clean, CleanSeries subject) {
        return Arrays.mismatch(clean.sent(), subject.values()) == clean.sent().length;
    }

    private static String plain(int number) {
        return "plain/" + number;
    }

    private static String key(ValueCase each, int number) {
        return each.name() + "/" + number;
    }

    /** The stream, tick by tick. */
    List<DrillStream.Arrival> arrivals() {
        List<DrillStream.Arrival> arrivals = new ArrayList<>();
        for (int tick = 0; tick < length; tick++) {
            long time = grid.millis(tick);
            for (Map.Entry<String, SentSeries> each : sent.entrySet()) {
                double[] values = each.getValue().sent();
                if (tick < values.length && !Double.isNaN(values[tick])) {
                    arrivals.add(
                            new DrillStream.Arrival(
                                    0, new Observation(each.getKey(), time, values[tick])));
                }
            }
        }
        return arrivals;
    }

    /** The results of each case, one per expectation. */
    List<CaseResult> results(CollectedForecasts forecasts) {
        List<CaseResult> results = new ArrayList<>();
        for (ValueCase each : cases) {
            for (Expectation expectation : each.expectations()) {
                results.add(
                        new CaseResult(
                                each.name() + expectation.suffix(),
                                score(each, expectation, forecasts),
                                expectation.bound()));
            }
        }
        return results;
    }

    private CaseScore score(ValueCase each, Expectation expectation, CollectedForecasts forecasts) {
        Scorer scorer = new Scorer(grid);
        int from = grid.at() + expectation.from();
        for (int number = 0; number < grid.series(); number++) {
            String key = key(each, number);
            SeriesPair specimen = specimens.get(key);
            CollectedForecasts.OfSeries dirty = forecasts.of(key);
            scorer.count(dirty, specimen.dirty().readingsFrom(grid.at()));
            scorer.judge(
                    specimen, forecasts.of(cleanKeys.get(key)), dirty, from, from + grid.span());
        }
        return scorer.score();
    }
}
