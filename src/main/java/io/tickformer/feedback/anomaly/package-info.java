/**
 * Anomalies of one series: a score for every tick from how far it fell from the forecasts made for
 * it, and the events that follow from the scores. Plain Java, no Flink.
 */
package io.tickformer.feedback.anomaly;
