package io.tickformer.synthetic;

import java.util.List;

/**
 * Ingredients added up.
 *
 * @param parts what is added
 */
record Sum(List<Weighted> parts) implements Ingredient {
    Sum {
        parts = List.copyOf(parts);
    }

    /**
     * @param weight what the ingredient is multiplied by
     * @param ingredient what is added
     */
    record Weighted(double weight, Ingredient ingredient) {}

    @Override
    public double[] draw(int length, Chance chance) {
        double[] sum = new double[length];
        for (Weighted part : parts) {
            Curves.add(sum, part.weight(), part.ingredient().draw(length, chance.split()));
        }
        return sum;
    }
}
