package io.tickformer.history;

import io.tickformer.annotation.Internal;

/**
 * The borders between the training, validation and test set of a history, in ticks of its grid. The
 * sets follow each other in time; validation and test set may be empty.
 *
 * <p>A set contains the <i>targets</i> of its forecasts. Their contexts may reach back before it,
 * as in a running job.
 *
 * @param first the first tick of the training set
 * @param trainEnd the tick after the training set, the first of the validation set
 * @param validationEnd the tick after the validation set, the first of the test set
 * @param testEnd the tick after the test set
 */
@Internal
public record SplitBorders(long first, long trainEnd, long validationEnd, long testEnd) {
    public SplitBorders {
        if (first >= trainEnd || trainEnd > validationEnd || validationEnd > testEnd) {
            throw new IllegalArgumentException(
                    "the parts begin at ticks %d, %d and %d and end at %d; expected them in order"
                            .formatted(first, trainEnd, validationEnd, testEnd));
        }
    }

    /** Number of ticks in the training set. */
    public long trainTicks() {
        return trainEnd - first;
    }

    /** Number of ticks in the validation set. */
    public long validationTicks() {
        return validationEnd - trainEnd;
    }

    /** Number of ticks in the test set. */
    public long testTicks() {
        return testEnd - validationEnd;
    }
}
