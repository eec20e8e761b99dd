package io.tickformer.cli.detect;

/** How anomalies and scores are printed. */
interface DetectOutput {
    /** Prints the anomalies of a file. */
    void print(Detection detection);

    /** Prints the scores of the detectors. */
    void print(NabComparison comparison);
}
