package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.event.Anomaly;
import io.tickformer.feedback.anomaly.AnomalyPhase;
import io.tickformer.feedback.anomaly.AnomalyScore;
import java.util.Optional;

/** Makes records of the anomalies that the feedback of a series finds. */
@Internal
public final class Anomalies {
    private Anomalies() {}

    /**
     * The anomaly to report of a scored tick: a new one, or one that a late reading changes. Empty
     * for a normal tick, and for one that goes on with an anomaly.
     *
     * @param score null if anomalies are not scored
     * @param tickMillis length of a tick
     */
    public static Optional<Anomaly> reported(
            String series, @Nullable AnomalyScore score, long tickMillis) {
        if (score == null) {
            return Optional.empty();
        }
        return switch (score.state()) {
            case ALARM, CORRECTED, WITHDRAWN -> Optional.of(of(series, score, tickMillis));
            case NORMAL, ONGOING -> Optional.empty();
        };
    }

    private static Anomaly of(String series, AnomalyScore score, long tickMillis) {
        return new Anomaly(
                series,
                score.tick(),
                score.tick() * tickMillis,
                tickMillis,
                score.value(),
                score.expected(),
                score.score(),
                score.isHigh(),
                score.state() == AnomalyPhase.WITHDRAWN);
    }
}
