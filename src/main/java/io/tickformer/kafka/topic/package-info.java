/**
 * Reads topics outside of Flink: offsets, timestamps, committed records, progress of a consumer
 * group.
 */
package io.tickformer.kafka.topic;
