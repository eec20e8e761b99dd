package io.tickformer.cli.detect;

import io.tickformer.feedback.anomaly.AnomalyPhase;
import io.tickformer.feedback.anomaly.AnomalyScore;
import io.tickformer.history.SeriesHistory;
import java.util.List;

/**
 * The scores of one series.
 *
 * @param history its rows
 * @param tickMillis length of a tick in milliseconds
 * @param scores of the ticks that were observed, in order
 */
record SeriesDetection(SeriesHistory history, long tickMillis, List<AnomalyScore> scores) {
    /** The ticks at which there was an alarm. */
    List<AnomalyScore> alarms() {
        return scores.stream().filter(score -> score.state() == AnomalyPhase.ALARM).toList();
    }
}
