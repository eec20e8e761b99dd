/**
 * The Numenta Anomaly Benchmark: its scoring rules, and simple detectors to compare with. Plain
 * Java over the rows of a file.
 */
package io.tickformer.evaluation.nab;
