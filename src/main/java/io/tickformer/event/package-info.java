/**
 * Immutable values that other packages exchange: observations, ticks and forecasts; and how
 * observations are aggregated to ticks.
 */
package io.tickformer.event;
