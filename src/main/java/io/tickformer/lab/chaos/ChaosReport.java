package io.tickformer.lab.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Prints progress and the result of a run to standard output. With {@code --json} progress goes to
 * standard error, and standard output gets only one JSON object at the end.
 */
final class ChaosReport {
    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter said;

    ChaosReport(boolean json, PrintWriter out, PrintWriter err) {
        this.json = json;
        this.out = out;
        this.said = json ? err : out;
    }

    /** Prints a step of the run. */
    void progress(String what) {
        said.println(what);
        said.flush();
    }

    void killed(Recovery recovery) {
        Fault fault = recovery.fault();
        progress(
                String.format(
                        Locale.ROOT,
                        "%7.1f s  fault %2d: kill -9 %s%s",
                        recovery.atSeconds(),
                        fault.number(),
                        fault.target(),
                        fault.moment() == Fault.Moment.MEANWHILE
                                ? ", without waiting for recovery"
                                : ""));
    }

    void recovered(Recovery recovery) {
        progress(
                String.format(
                        Locale.ROOT,
                        "%7.1f s  fault %2d: recovered from %s after %.1f s",
                        recovery.atSeconds() + recovery.seconds(),
                        recovery.fault().number(),
                        recovery.fault().target(),
                        recovery.seconds()));
    }

    /** Prints the result of the run. */
    void result(ChaosPlan plan, ChaosResult result) {
        Verdict verdict = result.verdict();
        progress(
                String.format(
                        Locale.ROOT,
                        "%d faults, %d ticks, %d forecasts; largest difference %.1e of at most"
                                + " %.0e; late %d, dead letters %d, withdrawn %d; processes that ended"
                                + " without being killed %d",
                        result.recoveries().size(),
                        result.ticks(),
                        verdict.expected(),
                        verdict.largestDifference(),
                        Verdict.TOLERANCE,
                        result.late(),
                        result.deadLetters(),
                        result.withdrawn(),
                        result.unplannedEnds()));
        progress(said("scores", result.scores()));
        progress(said("anomalies", result.anomalies()));
        if (json) {
            out.println(object(plan, result));
            out.flush();
        } else {
            progress(verdict.toString());
        }
    }

    private static String said(String records, Verdict verdict) {
        return "%d %s: %s".formatted(verdict.expected(), records, verdict);
    }

    private static ObjectNode object(ChaosPlan plan, ChaosResult result) {
        Verdict verdict = result.verdict();
        ObjectNode object = new JsonMapper().createObjectNode();
        object.put("faults", result.recoveries().size());
        object.put("lost", verdict.lost());
        object.put("duplicated", verdict.duplicated());
        object.put("different", verdict.different());
        object.put("largestDifference", verdict.largestDifference());
        object.put("tolerance", Verdict.TOLERANCE);
        object.put("withdrawn", result.withdrawn());
        object.put("late", result.late());
        object.put("deadLetters", result.deadLetters());
        object.put("forecasts", verdict.expected());
        object.put("ticks", result.ticks());
        object.put("series", plan.series());
        object.put("seed", plan.seed());
        object.put("unplannedEnds", result.unplannedEnds());
        put(object.putObject("scores"), result.scores());
        put(object.putObject("anomalies"), result.anomalies());
        ArrayNode recoveries = object.putArray("recoveries");
        for (Recovery each : result.recoveries()) {
            ObjectNode recovery = recoveries.addObject();
            recovery.put("fault", each.fault().number());
            recovery.put("target", each.fault().target().toString());
            recovery.put("atSeconds", rounded(each.atSeconds()));
            if (Double.isNaN(each.seconds())) {
                recovery.putNull("recoverySeconds");
            } else {
                recovery.put("recoverySeconds", rounded(each.seconds()));
            }
        }
        return object;
    }

    private static void put(ObjectNode object, Verdict verdict) {
        object.put("records", verdict.expected());
        object.put("lost", verdict.lost());
        object.put("duplicated", verdict.duplicated());
        object.put("different", verdict.different());
        object.put("largestDifference", verdict.largestDifference());
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
