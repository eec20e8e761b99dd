package io.tickformer.training;

/**
 * How a training ended.
 *
 * @param end why it ended
 * @param course where it stands; the parameters to use are the best ones
 */
record TrainingOutcome(TrainingEnd end, TrainingCourse course) {}
