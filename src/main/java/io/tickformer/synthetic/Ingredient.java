package io.tickformer.synthetic;

/** A part of a series. */
interface Ingredient {
    /**
     * One draw of it.
     *
     * @param length ticks, at least 1
     * @return a finite value for each tick; the caller's to change
     */
    double[] draw(int length, Chance chance);
}
