package io.tickformer.lab.drill;

import io.tickformer.event.TickAggregate;
import io.tickformer.job.ForecastJob;
import io.tickformer.job.JobDataflow;
import io.tickformer.job.JobSettings;
import io.tickformer.lab.bench.BenchReport;
import io.tickformer.spec.AcceptedTickMeanings;
import io.tickformer.spec.ForecastSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A drill of one model. All cases of values run in one job, each case of a stream in its own job.
 */
final class DrillRun {
    private static final int SERIES = 12;
    private static final int QUICK_SERIES = 4;
    private static final int PATCHES = 3;
    private static final int QUICK_PATCHES = 2;

    /** Watermarks trail by a tick divided by this. */
    private static final int OUT_OF_ORDER_PART = 4;

    private static final Bound UNHARMED = Bound.error(1.2);
    private static final Bound SAME = Bound.difference(1e-3);

    private final Path model;
    private final boolean isModelOnly;
    private final DrillGrid grid;

    /** The aggregate of all cases that are not event counts. */
    private final TickAggregate aggregate;

    private final List<ValueCase> ofValues;
    private final List<TransmissionCase> ofStreams;
    private final List<CountedEventsCase> ofEvents;

    /**
     * @param model the model file
     * @param spec the model's spec
     * @param isModelOnly whether forecasts are neither calibrated nor mixed
     * @param isAsked whether to run the case with a name
     */
    DrillRun(
            Path model,
            ForecastSpec spec,
            boolean isQuick,
            boolean isModelOnly,
            Predicate<String> isAsked) {
        this.model = model;
        this.isModelOnly = isModelOnly;
        TickAggregate own = spec.tickMeaning().aggregate();
        boolean isAny = spec.tickFit() == AcceptedTickMeanings.ANY;
        this.aggregate = isAny ? TickAggregate.MEAN : own;
        this.grid =
                DrillGrid.of(
                        spec, isQuick ? QUICK_SERIES : SERIES, isQuick ? QUICK_PATCHES : PATCHES);
        this.ofValues =
                ValueCatalogue.of(grid, isQuick, isModelOnly).stream()
                        .filter(each -> isAsked.test(each.name()))
                        .toList();
        this.ofStreams =
                TransmissionCatalogue.of(isQuick).stream()
                        .filter(each -> each.readings() == 1 || aggregate == TickAggregate.MEAN)
                        .filter(each -> isAsked.test(each.name()))
                        .toList();
        this.ofEvents =
                CountedEventsCase.of(isQuick).stream()
                        .filter(each -> isAny)
                        .filter(each -> isAsked.test(each.name()))
                        .toList();
    }

    boolean isEmpty() {
        return ofValues.isEmpty() && ofStreams.isEmpty() && ofEvents.isEmpty();
    }

    /** Prints the description of each case. */
    void describe(PrintWriter out) {
        ofValues.forEach(each -> describe(out, each.name(), each.what()));
        ofStreams.forEach(each -> describe(out, each.name(), each.what()));
        ofEvents.forEach(each -> describe(out, each.name(), each.what()));
        out.flush();
    }

    private static void describe(PrintWriter out, String name, String what) {
        out.printf("%-16s %s%n", name, what);
    }

    /** Runs all cases and returns whether a bound is broken. */
    boolean run(BenchReport report) throws Exception {
        boolean isBroken = false;
        JobDataflow flow = flow(aggregate);
        try (DrillCluster cluster = DrillCluster.start()) {
            if (!ofValues.isEmpty()) {
                report.progress("%d cases of values".formatted(ofValues.size()));
                ValueDrill drill = new ValueDrill(grid, ofValues);
                CollectedForecasts forecasts =
                        cluster.run(
                                flow, "values", drill.arrivals(), grid.steps(), outOfOrderness());
                for (CaseResult each : drill.results(forecasts)) {
                    isBroken |= add(report, each);
                }
            }
            // Most streams differ only in the order of their readings.
            Map<List<DrillStream.Arrival>, CollectedForecasts> clean = new HashMap<>();
            for (TransmissionCase each : ofStreams) {
                report.progress("%s: %s".formatted(each.name(), each.what()));
                CaseScore score = score(cluster, flow, each, clean);
                isBroken |= add(report, new CaseResult(each.name(), score, UNHARMED));
            }
            for (CountedEventsCase each : ofEvents) {
                report.progress("%s: %s".formatted(each.name(), each.what()));
                CaseScore score = score(cluster, flow, each);
                isBroken |= add(report, new CaseResult(each.name(), score, SAME));
            }
        }
        return isBroken;
    }

    private CaseScore score(
            DrillCluster cluster,
            JobDataflow flow,
            TransmissionCase ofStream,
            Map<List<DrillStream.Arrival>, CollectedForecasts> clean)
            throws InterruptedException {
        StreamDrill drill = new StreamDrill(grid, ofStream);
        String name = ofStream.name();
        Duration late = outOfOrderness();
        List<DrillStream.Arrival> cleanArrivals = drill.cleanArrivals();
        CollectedForecasts cleanForecasts = clean.get(cleanArrivals);
        if (cleanForecasts == null) {
            cleanForecasts = cluster.run(flow, name + "/clean", cleanArrivals, grid.steps(), late);
            clean.put(cleanArrivals, cleanForecasts);
        }
        CollectedForecasts forecasts =
                cluster.run(flow, name, drill.arrivals(), grid.steps(), late);
        return drill.score(cleanForecasts, forecasts);
    }

    private Duration outOfOrderness() {
        return Duration.ofMillis(grid.tickMillis() / OUT_OF_ORDER_PART);
    }

    private CaseScore score(DrillCluster cluster, JobDataflow flow, CountedEventsCase ofEvents)
            throws InterruptedException {
        EventDrill drill = new EventDrill(grid, ofEvents);
        String name = ofEvents.name();
        CollectedForecasts clean =
                cluster.run(
                        flow,
                        name + "/clean",
                        drill.cleanArrivals(),
                        grid.steps(),
                        outOfOrderness());
        CollectedForecasts forecasts =
                cluster.run(
                        flow(ofEvents.aggregate()),
                        name,
                        drill.arrivals(),
                        grid.steps(),
                        outOfOrderness());
        return drill.score(clean, forecasts);
    }

    private static boolean add(BenchReport report, CaseResult result) {
        CaseScore score = result.score();
        String broken = result.bound().broken(score);
        report.add(
                result.name(),
                score.errorRatio(),
                score.widthRatio(),
                score.naiveRatio(),
                score.difference(),
                score.forecasts(),
                score.expected(),
                broken.isEmpty() ? null : broken);
        return !broken.isEmpty();
    }

    /**
     * The flow of a job with default settings except for the aggregate and, if asked, feedback. It
     * forecasts from the fault on.
     */
    private JobDataflow flow(TickAggregate aggregate) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap-servers", "none:1");
        settings.put("source.topics", "none");
        settings.put("source.format", "json");
        settings.put("source.bounded", "true");
        settings.put("sink.topic", "none-out");
        settings.put("sink.format", "json");
        settings.put("source.out-of-orderness", outOfOrderness().toMillis() + " ms");
        settings.put("model.path", model.toString());
        settings.put("tick.aggregate", aggregate.name().toLowerCase(Locale.ROOT));
        settings.put("forecast.from", Instant.ofEpochMilli(grid.millis(grid.at())).toString());
        if (isModelOnly) {
            settings.put("feedback.calibrate", "false");
            settings.put("feedback.mixture", "false");
        }
        return ForecastJob.flow(JobSettings.of(settings));
    }
}
