package io.tickformer.operator;

import io.tickformer.annotation.Nullable;
import io.tickformer.event.Anomaly;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TickOutcome;
import io.tickformer.feedback.anomaly.AnomalyPhase;
import io.tickformer.feedback.anomaly.AnomalyScore;
import io.tickformer.feedback.issued.Intervals;
import io.tickformer.feedback.score.RollingScores;
import io.tickformer.feedback.score.StepMeans;
import io.tickformer.forecaster.Anomalies;
import io.tickformer.forecaster.FeedbackListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the records of what the feedback finds: scores, anomalies and events. */
final class FeedbackRecords implements FeedbackListener {
    private final long tickMillis;
    private final int ticksBetweenScores;
    private final Output output;
    private final DriftReports drift = new DriftReports();
    private final LiveCoverage coverage = new LiveCoverage();

    /** Takes the records. */
    interface Output {
        void score(ForecastScore score);

        /**
         * An anomaly.
         *
         * @param isNew whether the tick has become one; false if a late reading changes one that
         *     was there
         */
        void anomaly(Anomaly anomaly, boolean isNew);

        void event(ForecastEvent event);

        void drift(DriftReport report);
    }

    /**
     * @param tickMillis length of a tick
     */
    FeedbackRecords(long tickMillis, LiveFeedbackSettings settings, Output output) {
        this.tickMillis = tickMillis;
        this.ticksBetweenScores =
                settings.scores()
                        ? (int)
                                Math.min(
                                        Integer.MAX_VALUE,
                                        Math.max(
                                                1,
                                                settings.scoreInterval().toMillis() / tickMillis))
                        : 0;
        this.output = output;
    }

    private void anomaly(String series, @Nullable AnomalyScore score) {
        Anomalies.reported(series, score, tickMillis)
                .ifPresent(anomaly -> output.anomaly(anomaly, score.state() == AnomalyPhase.ALARM));
    }

    /** A late reading changed a tick: reports what becomes of its anomaly. */
    @Override
    public void revised(String series, TickOutcome outcome) {
        anomaly(series, outcome.anomaly());
    }

    /** A tick was observed: reports what the series says of its forecasts by now. */
    @Override
    public void observed(
            String series, TickOutcome outcome, SeriesFeedback feedback, boolean wasFallback) {
        long tick = outcome.tick();
        coverage.add(outcome.positions());
        anomaly(series, outcome.anomaly());
        drift.add(tick, feedback.isDegraded(), feedback.errorRatio());
        if (feedback.isFallback() != wasFallback) {
            fallback(series, tick, feedback);
        }
        if (ticksBetweenScores > 0 && isTurn(series, tick)) {
            output.score(score(series, tick, feedback));
        }
    }

    /**
     * Whether it is the turn of a series. Series take turns, so that they do not all come at once.
     */
    private boolean isTurn(String series, long tick) {
        return Math.floorMod(tick + series.hashCode(), (long) ticksBetweenScores) == 0;
    }

    /** How many recent values lay within their intervals. */
    LiveCoverage coverage() {
        return coverage;
    }

    /** Emits the reports that were gathered over series. */
    void emitGathered() {
        drift.emit(output::drift);
    }

    private void fallback(String series, long tick, SeriesFeedback feedback) {
        StepMeans first = feedback.scores().recent(0);
        Map<String, Double> evidence = new LinkedHashMap<>();
        put(evidence, "error_ratio", feedback.errorRatio());
        put(evidence, "absolute_error", first.absoluteError());
        put(evidence, "naive_error", first.naiveError());
        put(evidence, "seasonal_naive_error", first.seasonalNaiveError());
        boolean begins = feedback.isFallback();
        output.event(
                ForecastEvent.of(
                        series,
                        tick,
                        tickMillis,
                        begins
                                ? ForecastEventKind.FALLBACK_BEGAN
                                : ForecastEventKind.FALLBACK_ENDED,
                        begins
                                ? "The model has been worse than a simple forecaster, which takes"
                                        + " its place."
                                : "The model forecasts the series again.",
                        evidence));
    }

    private static void put(Map<String, Double> evidence, String name, double value) {
        if (Double.isFinite(value)) {
            evidence.put(name, value);
        }
    }

    private ForecastScore score(String series, long tick, SeriesFeedback feedback) {
        RollingScores scores = feedback.scores();
        Intervals intervals = scores.intervals();
        double[] nominal = new double[intervals.count()];
        for (int i = 0; i < nominal.length; i++) {
            nominal[i] = intervals.nominal(i);
        }
        List<StepScore> steps = new ArrayList<>();
        for (int i = 0; i < feedback.steps().count(); i++) {
            StepMeans recent = scores.recent(i);
            steps.add(
                    new StepScore(
                            feedback.steps().step(i),
                            recent.targets(),
                            recent.absoluteError(),
                            recent.pinball(),
                            recent.naiveError(),
                            recent.seasonalNaiveError(),
                            recent.coverage()));
        }
        return new ForecastScore(
                series,
                tick,
                tick * tickMillis,
                tickMillis,
                1,
                feedback.isCalibrated() ? 1 : 0,
                feedback.isFallback() ? 1 : 0,
                nominal,
                steps);
    }
}
