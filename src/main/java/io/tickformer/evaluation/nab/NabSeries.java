package io.tickformer.evaluation.nab;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * The rows of one file of the benchmark in the order of the file, and its windows. The record owns
 * the arrays, which must not be changed.
 *
 * @param name the file's name
 * @param eventTimeMillis one per row; usually ascending, but a file may repeat an hour
 * @param values one per row
 * @param windows in the order of time; they do not overlap
 */
@Internal
public record NabSeries(
        String name, long[] eventTimeMillis, double[] values, List<NabWindow> windows) {
    /** Share of the rows at the beginning that are not scored. */
    private static final double PROBATION = 0.15;

    /** Rows after which the probationary period does not grow. */
    private static final int PROBATION_ROWS = 5_000;

    public NabSeries {
        if (eventTimeMillis.length != values.length) {
            throw new IllegalArgumentException(
                    "%s has %d event times and %d values; expected equal numbers"
                            .formatted(name, eventTimeMillis.length, values.length));
        }
        windows = List.copyOf(windows);
    }

    /** Number of rows. */
    public int rows() {
        return values.length;
    }

    /** Rows at the beginning in which a detector may learn, and in which alarms do not count. */
    int probation() {
        return (int) Math.min(Math.floor(PROBATION * rows()), PROBATION * PROBATION_ROWS);
    }
}
