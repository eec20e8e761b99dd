package io.tickformer.sql;

import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TickOutcome;
import io.tickformer.feedback.anomaly.AnomalyScore;
import io.tickformer.forecaster.FeedbackListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Gathers the scores of ticks while a series is moved, until the function emits them. */
final class ScoredTicks implements FeedbackListener {
    private final List<Scored> scores = new ArrayList<>();

    private record Scored(String series, AnomalyScore score) {}

    @Override
    public void observed(
            String series, TickOutcome outcome, SeriesFeedback feedback, boolean wasFallback) {
        add(series, outcome);
    }

    @Override
    public void revised(String series, TickOutcome outcome) {
        add(series, outcome);
    }

    private void add(String series, TickOutcome outcome) {
        if (outcome.anomaly() != null) {
            scores.add(new Scored(series, outcome.anomaly()));
        }
    }

    /** Emits what was gathered, and forgets it. */
    void drain(BiConsumer<String, AnomalyScore> out) {
        for (Scored each : scores) {
            out.accept(each.series(), each.score());
        }
        scores.clear();
    }
}
