/** Bytes out: forecasts and observations become records of Avro or JSON. */
package io.tickformer.kafka.encode;
