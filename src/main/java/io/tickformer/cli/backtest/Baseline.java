package io.tickformer.cli.backtest;

/** What a model is compared with. */
enum Baseline {
    NAIVE("naive"),
    SEASONAL_NAIVE("seasonal-naive");

    private final String label;

    Baseline(String label) {
        this.label = label;
    }

    /** Its name on the command line and in every output. */
    String label() {
        return label;
    }
}
