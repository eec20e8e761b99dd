package io.tickformer.evaluation.nab;

import io.tickformer.annotation.Internal;

/**
 * The score of a detector in one profile.
 *
 * @param normalised 0 for a detector that never raises an alarm, 100 for a perfect one
 * @param total sum over the files, as in the benchmark's result files
 * @param threshold anomaly score from which on a row is an alarm
 */
@Internal
public record NabScore(double normalised, double total, double threshold) {}
