package io.tickformer.cli.backtest;

/** Evaluation protocols. */
enum Protocol {
    /** The long-horizon protocol: every window of the evaluated set, z-scored errors. */
    LTSF("ltsf"),
    /** Evenly spaced cutoffs, errors in the units of the series, intervals. */
    ROLLING("rolling");

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
