package io.tickformer.cli.explain;

import java.util.List;
import java.util.Map;

/**
 * How far back a model looks.
 *
 * @param windows how many real windows it was averaged over
 * @param overall over all steps
 * @param bySteps at single horizon steps, counted from 1
 * @param attention one map for each head of each layer; none where nothing attends
 */
record Explanation(
        int windows,
        Influence overall,
        Map<Integer, Influence> bySteps,
        List<AttentionMap> attention) {
    Explanation {
        attention = List.copyOf(attention);
    }
}
