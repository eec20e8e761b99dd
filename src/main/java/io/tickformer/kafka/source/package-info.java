/** The Kafka source of the job and its watermarks. */
package io.tickformer.kafka.source;
