/** Forecasts read back from their topic. */
package io.tickformer.kafka.issued;
