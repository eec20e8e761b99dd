/** Reads issued forecasts back from their topic. */
package io.tickformer.kafka.issued;
