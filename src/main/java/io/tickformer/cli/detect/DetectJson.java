package io.tickformer.cli.detect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.evaluation.nab.NabProfile;
import io.tickformer.evaluation.nab.NabScore;
import io.tickformer.feedback.anomaly.AnomalyScore;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;

/**
 * Anomalies as lines of JSON, in the fields of the job's topic, and the scores as the last line.
 */
final class DetectJson implements DetectOutput {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PrintWriter out;

    DetectJson(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(Detection detection) {
        for (SeriesDetection series : detection.series()) {
            for (AnomalyScore alarm : series.alarms()) {
                ObjectNode line = MAPPER.createObjectNode();
                line.put("file", detection.file().toString());
                line.put("series", series.history().series());
                line.put("tick_index", alarm.tick());
                line.put("tick_time", time(alarm, series));
                line.put("tick_millis", series.tickMillis());
                line.put("value", alarm.value());
                if (Double.isFinite(alarm.expected())) {
                    line.put("expected", alarm.expected());
                } else {
                    line.putNull("expected");
                }
                line.put("score", alarm.score());
                line.put("is_high", alarm.isHigh());
                out.println(line);
            }
        }
        out.flush();
    }

    static String time(AnomalyScore alarm, SeriesDetection series) {
        return Instant.ofEpochMilli(alarm.tick() * series.tickMillis()).toString();
    }

    @Override
    public void print(NabComparison comparison) {
        Map<String, Map<NabProfile, NabScore>> scores = comparison.scores();
        ObjectNode line = MAPPER.createObjectNode();
        put(line, scores.get(NabComparison.OWN));
        ObjectNode thresholds = line.putObject("thresholds");
        scores.get(NabComparison.OWN)
                .forEach((profile, score) -> thresholds.put(profile.label(), finite(score)));
        line.put("files", comparison.files());
        line.put("windows", comparison.windows());
        ObjectNode others = line.putObject("detectors");
        scores.forEach(
                (name, score) -> {
                    if (!name.equals(NabComparison.OWN)) {
                        put(others.putObject(name), score);
                    }
                });
        out.println(line);
    }

    /** The threshold; null if it is best to raise no alarm. */
    private static Double finite(NabScore score) {
        return Double.isFinite(score.threshold()) ? score.threshold() : null;
    }

    private static void put(ObjectNode json, Map<NabProfile, NabScore> scores) {
        scores.forEach((profile, score) -> json.put(profile.label(), score.normalised()));
    }
}
