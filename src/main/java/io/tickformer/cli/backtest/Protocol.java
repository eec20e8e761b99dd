package io.tickformer.cli.backtest;

/** How a model is judged. */
enum Protocol {
    /** The long-horizon protocol: every window of the part, z-scored errors. */
    LTSF("ltsf"),
    /** Cutoffs along the part, errors in the series' own units, intervals. */
    ROLLING("rolling");

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
