/**
 * What the forecast of a model is worth beside naive and seasonal naive: weights of the three per
 * series and horizon step, learned from their errors, a sequential test that tells when the model
 * is worse than the better simple one, and the detection of a drift over many series.
 */
package io.tickformer.feedback.mixture;
