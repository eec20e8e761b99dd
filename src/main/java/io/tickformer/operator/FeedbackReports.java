package io.tickformer.operator;

import io.tickformer.annotation.Nullable;
import io.tickformer.event.Anomaly;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastScore;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TickOutcome;
import io.tickformer.feedback.anomaly.AnomalyScore;
import io.tickformer.feedback.anomaly.AnomalyState;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the records of what the feedback finds: scores, anomalies and events. */
final class FeedbackReports {
    private final long tickMillis;
    private final Output output;
    private final DriftReports drift = new DriftReports();

    /** Takes the records. */
    interface Output {
        void score(ForecastScore score);

        void anomaly(Anomaly anomaly);

        void event(ForecastEvent event);

        void drift(DriftReport report);
    }

    /**
     * @param tickMillis length of a tick
     */
    FeedbackReports(long tickMillis, Output output) {
        this.tickMillis = tickMillis;
        this.output = output;
    }

    private void anomaly(String series, @Nullable AnomalyScore score) {
        if (score != null && score.state() == AnomalyState.ALARM) {
            output.anomaly(
                    new Anomaly(
                            series,
                            score.tick(),
                            score.tick() * tickMillis,
                            tickMillis,
                            score.value(),
                            score.expected(),
                            score.score(),
                            score.isHigh()));
        }
    }

    /** A tick was observed: reports what the series says of its forecasts by now. */
    void observed(
            String series, TickOutcome outcome, SeriesFeedback feedback, boolean wasFallback) {
        long tick = outcome.tick();
        anomaly(series, outcome.anomaly());
        drift.add(tick, feedback.isDegraded(), feedback.errorRatio());
        if (feedback.isFallback() != wasFallback) {
            fallback(series, tick, feedback);
        }
    }

    /** Emits the reports that were gathered over series. */
    void emitGathered() {
        drift.emit(output::drift);
    }

    private void fallback(String series, long tick, SeriesFeedback feedback) {
        Map<String, Double> evidence = new LinkedHashMap<>();
        put(evidence, "error_ratio", feedback.errorRatio());
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
}
