package io.tickformer.lab.bench;

/**
 * How much is measured.
 *
 * @param rounds over all cases
 * @param series that the incremental cases forecast in turn: more than fit in the processor's
 *     caches
 * @param fullForecasts forecasts of a case in a round at least, where they recompute their context
 * @param stepForecasts forecasts of a case in a round at least, where they do not
 */
record InferencePlan(int rounds, int series, int fullForecasts, int stepForecasts) {
    /** The plan of a full or a quick run, with another number of rounds if one is given. */
    static InferencePlan of(boolean quick, Integer rounds) {
        InferencePlan plan =
                quick ? new InferencePlan(2, 128, 64, 512) : new InferencePlan(15, 1024, 256, 2048);
        return rounds == null
                ? plan
                : new InferencePlan(rounds, plan.series, plan.fullForecasts, plan.stepForecasts);
    }
}
