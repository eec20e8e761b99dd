package io.tickformer.training;

/**
 * A run that has ended, completely or because it was interrupted.
 *
 * @param stopReason why it ended
 * @param state its last state
 */
record EndedRun(StopReason stopReason, RunState state) {}
