package io.tickformer.history;

import io.tickformer.annotation.Internal;

/**
 * Summary of one series of a history.
 *
 * @param series the series key
 * @param observations number of values that are not missing, at least one
 * @param firstMillis earliest event time, in milliseconds since the Unix epoch
 * @param lastMillis latest event time
 */
@Internal
public record SeriesSummary(String series, long observations, long firstMillis, long lastMillis) {}
