/**
 * How good forecasts are: scores of forecasts that have come due, beside the baseline they have to
 * beat. Plain Java, for batches of history and for live streams alike.
 */
package io.tickformer.evaluation;
