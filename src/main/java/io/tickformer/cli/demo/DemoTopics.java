package io.tickformer.cli.demo;

import java.util.List;

/**
 * The topics of a demo.
 *
 * @param observations the input topic
 * @param forecasts the output topic
 * @param deadLetters topic of malformed records
 * @param late topic of observations older than the context of their series
 * @param scores topic of how good recent forecasts were
 * @param anomalies topic of unusual ticks
 * @param events topic of what happened to the forecasts, such as a drift
 */
record DemoTopics(
        String observations,
        String forecasts,
        String deadLetters,
        String late,
        String scores,
        String anomalies,
        String events) {
    /** Topics whose names begin with a prefix. */
    static DemoTopics withPrefix(String prefix) {
        return new DemoTopics(
                prefix + "observations",
                prefix + "forecasts",
                prefix + "dead-letters",
                prefix + "late",
                prefix + "scores",
                prefix + "anomalies",
                prefix + "forecast-events");
    }

    List<String> all() {
        return List.of(observations, forecasts, deadLetters, late, scores, anomalies, events);
    }
}
