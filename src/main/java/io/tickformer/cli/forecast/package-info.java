/** {@code tickformer forecast}: the forecasts of the series of files or a topic, once. */
package io.tickformer.cli.forecast;
