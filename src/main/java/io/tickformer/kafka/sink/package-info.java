/** Transactional and idempotent sinks, and what they leave at the brokers. */
package io.tickformer.kafka.sink;
