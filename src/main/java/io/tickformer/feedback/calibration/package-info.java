/** Calibration of quantiles by where past values fell in the forecasts that were made for them. */
package io.tickformer.feedback.calibration;
