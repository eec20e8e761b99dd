package io.tickformer.lab.drill;

/**
 * A clean series and the same series with a fault.
 *
 * @param clean without the fault
 * @param dirty with the fault
 * @param scale factor by which the dirty series differs permanently; positive
 * @param offset by which it differs permanently, after scaling
 * @param spread standard deviation of the clean series
 */
record SeriesPair(SentSeries clean, SentSeries dirty, double scale, double offset, double spread) {

    /** A fault that changes neither level nor scale permanently. */
    static SeriesPair of(SentSeries clean, SentSeries dirty, double spread) {
        return new SeriesPair(clean, dirty, 1, 0, spread);
    }
}
