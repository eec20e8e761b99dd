/**
 * Tickformer in Flink SQL: the process table functions {@code TICKFORMER_FORECAST} and {@code
 * TICKFORMER_DETECT}, and the provider {@code tickformer} of {@code CREATE MODEL}.
 */
package io.tickformer.sql;
