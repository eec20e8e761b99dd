/**
 * The forecasts of one series without Flink: when its ticks are over, what happens to late readings
 * and silence, the call of the model and the feedback. The operator of a job runs the same rules on
 * keyed state; {@link io.tickformer.forecaster.Forecaster} runs them in a program of any kind.
 */
package io.tickformer.forecaster;
