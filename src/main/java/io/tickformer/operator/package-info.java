/**
 * The Flink operator: contexts in keyed state, micro-batches across series, timers, metrics and
 * serializers. Package inference computes the forecasts; this package decides when, and what
 * happens at a watermark, a checkpoint barrier and a failure.
 */
package io.tickformer.operator;
