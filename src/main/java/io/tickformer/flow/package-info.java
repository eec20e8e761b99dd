/**
 * The way into Tickformer from any Flink job: from a stream of observations to the streams of
 * forecasts, late observations and refused observations. Knows nothing of Kafka.
 */
package io.tickformer.flow;
