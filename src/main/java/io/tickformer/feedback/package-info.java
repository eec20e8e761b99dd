/**
 * What became of the forecasts of a series, and what follows from it. Every tick that comes due
 * scores the forecasts that were made for it; the scores calibrate the next forecasts. Plain Java;
 * the job and the backtest share it.
 */
package io.tickformer.feedback;
