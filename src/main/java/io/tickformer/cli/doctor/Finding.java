package io.tickformer.cli.doctor;

/**
 * What a check found.
 *
 * @param subject what was checked
 * @param status how serious it is
 * @param seen what was seen, in one line
 * @param advice what to do, in one line; empty if there is nothing to do
 */
record Finding(Subject subject, Status status, String seen, String advice) {}
