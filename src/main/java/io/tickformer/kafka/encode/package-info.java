/** Encoding: forecasts and observations become Avro or JSON records. */
package io.tickformer.kafka.encode;
