package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports what happened to the forecasts of a whole job, one line each: drift, and a model whose
 * calls fail. Not thread-safe.
 */
@Internal
public final class DriftAndOutageLines {
    /** The counters of such events, in the order of their lines. */
    private static final Map<JobCounter, String> LINES = lines();

    private JobMetricsSnapshot before;

    private static Map<JobCounter, String> lines() {
        Map<JobCounter, String> lines = new LinkedHashMap<>();
        lines.put(
                JobCounter.MODEL_OUTAGES,
                "attention: the calls of the model fail, and simple forecasts of quality FALLBACK"
                        + " take the place of its own; the log says why");
        lines.put(JobCounter.MODEL_RECOVERIES, "the calls of the model succeed again");
        lines.put(
                JobCounter.DRIFTS_BEGUN,
                "attention: a drift begins, many series are forecast worse than usual; the topic of"
                        + " sink.events-topic has the evidence");
        lines.put(JobCounter.DRIFTS_ENDED, "the drift has ended");
        return lines;
    }

    /** Returns the lines about what happened since the snapshot before; usually none. */
    public List<String> on(JobMetricsSnapshot now) {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<JobCounter, String> line : LINES.entrySet()) {
            long since = before == null ? now.of(line.getKey()) : now.since(before, line.getKey());
            if (since > 0) {
                texts.add(line.getValue());
            }
        }
        before = now;
        return texts;
    }
}
