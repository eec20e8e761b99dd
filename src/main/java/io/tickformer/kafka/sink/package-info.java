/**
 * Kafka sinks with exactly-once or at-least-once delivery, and the handling of their transactions.
 */
package io.tickformer.kafka.sink;
