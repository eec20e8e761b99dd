/**
 * Bytes to events and back: the records of Kafka topics, their Avro and JSON forms, the schema
 * registry, and dead letters. The only package that imports Kafka and Avro.
 */
package io.tickformer.kafka;
