package io.tickformer.cli.explain;

import java.util.List;

/**
 * Attention weights of one head, averaged over windows.
 *
 * @param place position in the network, such as {@code layer 1} or {@code pooling}
 * @param head from 1
 * @param weights N rows, one per query token, oldest first, of N weights, one per key token; each
 *     row sums to 1
 */
record AttentionMap(String place, int head, List<double[]> weights) {
    AttentionMap {
        weights = List.copyOf(weights);
    }

    /** Weights of the newest token by age of the attended token, itself first. */
    double[] byAge() {
        double[] newest = weights.get(weights.size() - 1);
        double[] byAge = new double[newest.length];
        for (int age = 0; age < byAge.length; age++) {
            byAge[age] = newest[newest.length - 1 - age];
        }
        return byAge;
    }

    /** Mean age, in tokens, of what the newest token attends to. */
    double meanAge() {
        double[] byAge = byAge();
        double mean = 0;
        for (int age = 0; age < byAge.length; age++) {
            mean += age * byAge[age];
        }
        return mean;
    }
}
