/**
 * Forecasts that wait for their targets: which horizon steps are scored, what is remembered of an
 * issued forecast, and where a value fell in it.
 */
package io.tickformer.feedback.issued;
