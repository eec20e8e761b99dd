/**
 * Kafka connections, credentials and topics. The subpackages follow a record through the job:
 * source, decode, registry, deadletter, encode, sink. Only this package and its subpackages import
 * Kafka and Avro.
 */
package io.tickformer.kafka;
