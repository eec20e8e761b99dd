package io.tickformer.lab.drill;

/**
 * A series with a fault beside the same series without it.
 *
 * @param clean without
 * @param dirty with
 * @param scale by which the dirty series differs from the clean one for good; positive
 * @param offset by which it differs after that
 * @param spread of the clean series
 */
record Specimen(Trace clean, Trace dirty, double scale, double offset, double spread) {

    /** A fault that leaves level and scale. */
    static Specimen of(Trace clean, Trace dirty, double spread) {
        return new Specimen(clean, dirty, 1, 0, spread);
    }
}
