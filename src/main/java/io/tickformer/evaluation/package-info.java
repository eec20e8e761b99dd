/**
 * Forecast accuracy: scores forecasts against actual values and a baseline. Plain Java, for history
 * and for live streams.
 */
package io.tickformer.evaluation;
