package io.tickformer.benchmark.trust;

import io.tickformer.evaluation.replay.ReplayListener;
import io.tickformer.feedback.TickOutcome;
import java.util.Arrays;

/** Anomaly scores of a series and their thresholds, by tick. */
final class AnomalyTrace implements ReplayListener {
    private final double[] scores;
    private final double[] thresholds;

    AnomalyTrace(int ticks) {
        this.scores = new double[ticks];
        this.thresholds = new double[ticks];
        Arrays.fill(scores, Double.NaN);
        Arrays.fill(thresholds, Double.NaN);
    }

    @Override
    public void observed(int channel, TickOutcome outcome) {
        if (outcome.anomaly() != null) {
            int tick = Math.toIntExact(outcome.tick());
            scores[tick] = outcome.anomaly().score();
            thresholds[tick] = outcome.anomaly().threshold();
        }
    }

    double[] scores() {
        return scores;
    }

    double[] thresholds() {
        return thresholds;
    }
}
