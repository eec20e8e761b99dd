package io.tickformer.history;

/**
 * Where the parts of a history begin and end, in ticks of its grid: what a model is trained on,
 * what it is chosen by, and what it is judged on. The parts follow each other in time; the last two
 * may be empty.
 *
 * <p>A part holds the <i>targets</i> of its forecasts. Their contexts may reach back before it, as
 * the context of a forecast in service does.
 *
 * @param first the first tick of the training part
 * @param trainEnd the tick after the training part, the first of the validation part
 * @param validationEnd the tick after the validation part, the first of the test part
 * @param testEnd the tick after the test part
 */
public record Borders(long first, long trainEnd, long validationEnd, long testEnd) {
    public Borders {
        if (first >= trainEnd || trainEnd > validationEnd || validationEnd > testEnd) {
            throw new IllegalArgumentException(
                    "the parts begin at ticks %d, %d and %d and end at %d; expected them in order"
                            .formatted(first, trainEnd, validationEnd, testEnd));
        }
    }

    /** Ticks of the training part. */
    public long trainTicks() {
        return trainEnd - first;
    }

    /** Ticks of the validation part. */
    public long validationTicks() {
        return validationEnd - trainEnd;
    }

    /** Ticks of the test part. */
    public long testTicks() {
        return testEnd - validationEnd;
    }
}
