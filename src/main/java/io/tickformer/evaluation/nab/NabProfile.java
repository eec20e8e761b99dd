package io.tickformer.evaluation.nab;

import io.tickformer.annotation.Internal;

/**
 * What the benchmark charges for errors: its three application profiles (Lavin and Ahmad,
 * Evaluating Real-time Anomaly Detection Algorithms, 2015, table 1; weights as in the benchmark's
 * {@code config/profiles.json}). A detected window earns up to 1 in each profile.
 */
@Internal
public enum NabProfile {
    STANDARD("standard", 0.11, 1),
    LOW_FP("low_fp", 0.22, 1),
    LOW_FN("low_fn", 0.11, 2);

    private final String label;
    private final double falseAlarmCost;
    private final double missedWindowCost;

    NabProfile(String label, double falseAlarmCost, double missedWindowCost) {
        this.label = label;
        this.falseAlarmCost = falseAlarmCost;
        this.missedWindowCost = missedWindowCost;
    }

    /** The name in the output of commands. */
    public String label() {
        return label;
    }

    /** What a false alarm costs that is far from every window. */
    double falseAlarmCost() {
        return falseAlarmCost;
    }

    /** What a window costs in which there was no alarm. */
    double missedWindowCost() {
        return missedWindowCost;
    }
}
