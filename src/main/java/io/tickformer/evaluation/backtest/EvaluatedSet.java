package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.history.SplitBorders;

/** The part of a history whose values are the targets. */
@Internal
public enum EvaluatedSet {
    /** For choosing models and settings. */
    VALIDATION {
        @Override
        public long first(SplitBorders borders) {
            return borders.trainEnd();
        }

        @Override
        public long end(SplitBorders borders) {
            return borders.validationEnd();
        }
    },
    /** For the final evaluation; nothing was chosen by it. */
    TEST {
        @Override
        public long first(SplitBorders borders) {
            return borders.validationEnd();
        }

        @Override
        public long end(SplitBorders borders) {
            return borders.testEnd();
        }
    };

    /** The first tick of the part. */
    public abstract long first(SplitBorders borders);

    /** The tick after the part. */
    public abstract long end(SplitBorders borders);
}
