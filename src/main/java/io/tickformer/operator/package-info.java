/**
 * The Flink operator: contexts in keyed state, micro-batches across series, timers, metrics and
 * serializers. What is computed lies in inference; here is when, and what becomes of it at a
 * watermark, a barrier and a failure.
 */
package io.tickformer.operator;
