package io.tickformer.cli.detect;

import io.tickformer.evaluation.nab.MedianDeviation;
import io.tickformer.evaluation.nab.NabProfile;
import io.tickformer.evaluation.nab.NabScore;
import io.tickformer.evaluation.nab.NabScorer;
import io.tickformer.evaluation.nab.NabSeries;
import io.tickformer.evaluation.nab.NabWindow;
import io.tickformer.evaluation.nab.WindowedGaussian;
import io.tickformer.event.Tick;
import io.tickformer.feedback.anomaly.AnomalyPhase;
import io.tickformer.feedback.anomaly.AnomalyScore;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The detector and two simple ones, scored by the rules of the benchmark. */
final class NabComparison {
    /** Name of the detector. */
    static final String OWN = "tickformer";

    /** Its alarms as raised, without choosing a threshold afterwards. */
    static final String ALARMS = "tickformer_alarms";

    /** Rows in the window of the median absolute deviations; scores with 6,400 are lower. */
    private static final int MEDIAN_ROWS = 1_000;

    private final Map<String, NabScorer> scorers = new LinkedHashMap<>();
    private int files;

    NabComparison() {
        for (String name : List.of(OWN, ALARMS, "median_deviation", "windowed_gaussian")) {
            scorers.put(name, new NabScorer());
        }
    }

    /** Adds a file with one series. */
    void add(String file, SeriesDetection detection, List<NabWindow> windows) {
        NabSeries series =
                new NabSeries(
                        file,
                        detection.history().eventTimeMillis(),
                        detection.history().values(),
                        windows);
        Map<Long, AnomalyScore> byTick = new HashMap<>();
        for (AnomalyScore score : detection.scores()) {
            byTick.put(score.tick(), score);
        }
        double[] scores = new double[series.rows()];
        double[] alarms = new double[series.rows()];
        Arrays.fill(scores, Double.NEGATIVE_INFINITY);
        Arrays.fill(alarms, Double.NEGATIVE_INFINITY);
        for (int row = 0; row < series.rows(); row++) {
            AnomalyScore score = byTick.get(tick(detection, row));
            // The last row of a tick is the one at which it is scored.
            boolean isLast =
                    row + 1 == series.rows() || tick(detection, row + 1) != tick(detection, row);
            if (isLast && score != null) {
                scores[row] = score.isNew() ? score.score() : Double.NEGATIVE_INFINITY;
                alarms[row] = score.state() == AnomalyPhase.ALARM ? 1 : Double.NEGATIVE_INFINITY;
            }
        }
        scorers.get(OWN).add(series, scores);
        scorers.get(ALARMS).add(series, alarms);
        scorers.get("median_deviation")
                .add(series, new MedianDeviation(MEDIAN_ROWS).scores(series));
        scorers.get("windowed_gaussian").add(series, new WindowedGaussian().scores(series));
        files++;
    }

    private static long tick(SeriesDetection detection, int row) {
        return Tick.indexOf(detection.history().eventTimeMillis()[row], detection.tickMillis());
    }

    /** Number of files. */
    int files() {
        return files;
    }

    /** Number of windows that count. */
    int windows() {
        return scorers.get(OWN).windows();
    }

    /**
     * The scores of each detector in each profile, ours first.
     *
     * @throws IllegalStateException if no window counts
     */
    Map<String, Map<NabProfile, NabScore>> scores() {
        Map<String, Map<NabProfile, NabScore>> all = new LinkedHashMap<>();
        scorers.forEach(
                (name, scorer) -> {
                    Map<NabProfile, NabScore> scores = new EnumMap<>(NabProfile.class);
                    for (NabProfile profile : NabProfile.values()) {
                        scores.put(
                                profile,
                                name.equals(ALARMS) ? scorer.at(profile, 1) : scorer.best(profile));
                    }
                    all.put(name, scores);
                });
        return all;
    }
}
