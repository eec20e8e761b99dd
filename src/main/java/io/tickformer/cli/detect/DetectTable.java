package io.tickformer.cli.detect;

import io.tickformer.evaluation.nab.NabProfile;
import io.tickformer.evaluation.nab.NabScore;
import io.tickformer.feedback.anomaly.AnomalyScore;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Anomalies and scores as text. */
final class DetectTable implements DetectOutput {
    private final PrintWriter out;

    DetectTable(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(Detection detection) {
        for (SeriesDetection series : detection.series()) {
            List<AnomalyScore> alarms = series.alarms();
            out.printf(
                    Locale.ROOT,
                    "%s, series %s: %d anomalies in %,d ticks%n",
                    detection.file(),
                    series.history().series(),
                    alarms.size(),
                    series.scores().size());
            if (!alarms.isEmpty()) {
                out.println("  tick                         value      expected    score    side");
            }
            for (AnomalyScore alarm : alarms) {
                out.printf(
                        Locale.ROOT,
                        "  %-20s %13.6g %13s %8.2f    %s%n",
                        DetectJson.time(alarm, series),
                        alarm.value(),
                        number(alarm.expected()),
                        alarm.score(),
                        alarm.isHigh() ? "high" : "low");
            }
        }
        out.flush();
    }

    private static String number(double value) {
        return Double.isFinite(value) ? "%.6g".formatted(value) : "-";
    }

    @Override
    public void print(NabComparison comparison) {
        out.printf(
                Locale.ROOT,
                "%nScores of the Numenta Anomaly Benchmark over %d files with %d windows"
                        + " (0: no alarm, 100: perfect)%n",
                comparison.files(),
                comparison.windows());
        out.printf("  %-20s %9s %9s %9s%n", "detector", "standard", "low_fp", "low_fn");
        comparison.scores().forEach(this::printScores);
    }

    private void printScores(String name, Map<NabProfile, NabScore> scores) {
        out.printf("  %-20s", name);
        for (NabScore score : scores.values()) {
            out.printf(Locale.ROOT, " %9.1f", score.normalised());
        }
        out.println();
    }
}
