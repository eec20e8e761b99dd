package io.tickformer.cli.explain;

import java.util.List;
import java.util.Map;

/**
 * How far back a model looks.
 *
 * @param windows number of real windows averaged over
 * @param overall influence over all steps
 * @param bySteps influence on single horizon steps, counted from 1
 * @param attention one map per head of each layer; empty for a network without attention
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
