/**
 * Connections, credentials and topics of Kafka. The packages below follow a record through the job:
 * source, decode, registry, dead letters, encode, sink. Only this package imports Kafka and Avro.
 */
package io.tickformer.kafka;
