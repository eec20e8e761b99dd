/** Finds anomalies in files, and scores detectors by the rules of a benchmark. */
package io.tickformer.cli.detect;
