package io.tickformer.history;

/**
 * What a history holds of one series.
 *
 * @param series the series key
 * @param observations values that are not missing, at least one
 * @param firstMillis earliest event time, in milliseconds since the Unix epoch
 * @param lastMillis latest event time
 */
public record SeriesSummary(String series, long observations, long firstMillis, long lastMillis) {}
