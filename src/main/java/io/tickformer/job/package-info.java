/**
 * The Flink job: its options, and the pipeline from Kafka through the forecast operator to Kafka.
 */
package io.tickformer.job;
