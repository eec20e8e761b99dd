package io.tickformer.synthetic;

import java.util.List;

/**
 * A weighted sum of components.
 *
 * @param parts the summands
 */
record WeightedSum(List<Weighted> parts) implements Ingredient {
    WeightedSum {
        parts = List.copyOf(parts);
    }

    /**
     * @param weight factor of the component
     * @param ingredient the component
     */
    record Weighted(double weight, Ingredient ingredient) {}

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] sum = new double[length];
        for (Weighted part : parts) {
            CurveMath.add(sum, part.weight(), part.ingredient().draw(length, chance.split()));
        }
        return sum;
    }
}
