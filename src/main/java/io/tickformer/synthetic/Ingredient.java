package io.tickformer.synthetic;

/** A random component of a series. */
interface Ingredient {
    /**
     * Draws the component.
     *
     * @param length ticks, at least 1
     * @return a finite value per tick; the caller may change the array
     */
    double[] draw(int length, SeriesRandom chance);
}
