package io.tickformer.lab.bench;

/**
 * The amount of measurement.
 *
 * @param rounds over all cases
 * @param series that the incremental cases forecast in turn: more than fit in the processor's
 *     caches
 * @param fullForecasts minimum forecasts of a case in a round with full recomputation
 * @param stepForecasts minimum forecasts of a case in a round with incremental evaluation
 */
record InferencePlan(int rounds, int series, int fullForecasts, int stepForecasts) {
    /** The plan of a full or a quick run; {@code rounds} may override the number of rounds. */
    static InferencePlan of(boolean quick, Integer rounds) {
        InferencePlan plan =
                quick ? new InferencePlan(2, 128, 64, 512) : new InferencePlan(15, 1024, 256, 2048);
        return rounds == null
                ? plan
                : new InferencePlan(rounds, plan.series, plan.fullForecasts, plan.stepForecasts);
    }
}
