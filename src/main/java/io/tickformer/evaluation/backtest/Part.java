package io.tickformer.evaluation.backtest;

import io.tickformer.history.Borders;

/** The part of a history whose values are the targets. */
public enum Part {
    /** What models and their settings are chosen by. */
    VALIDATION {
        @Override
        public long first(Borders borders) {
            return borders.trainEnd();
        }

        @Override
        public long end(Borders borders) {
            return borders.validationEnd();
        }
    },
    /** What nothing was chosen by. */
    TEST {
        @Override
        public long first(Borders borders) {
            return borders.validationEnd();
        }

        @Override
        public long end(Borders borders) {
            return borders.testEnd();
        }
    };

    /** The first tick of the part. */
    public abstract long first(Borders borders);

    /** The tick after the part. */
    public abstract long end(Borders borders);
}
