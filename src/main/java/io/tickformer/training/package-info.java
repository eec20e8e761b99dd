/**
 * Trains a model on histories: windows of a history as tokens and targets, the training step, the
 * loop with early stopping and snapshots, and the export of the model.
 */
package io.tickformer.training;
