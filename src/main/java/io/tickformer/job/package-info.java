/** The Flink job: its options, and the wiring from Kafka through the forecast operator to Kafka. */
package io.tickformer.job;
