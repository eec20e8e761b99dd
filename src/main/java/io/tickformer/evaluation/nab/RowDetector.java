package io.tickformer.evaluation.nab;

import io.tickformer.annotation.Internal;

/** A detector that sees one row after the other. One per file. */
@Internal
public interface RowDetector {
    /**
     * Takes the next row.
     *
     * @return its anomaly score; higher is more anomalous, and the scale is the same for all files
     */
    double next(double value);

    /** The scores of all rows of a file. */
    default double[] scores(NabSeries series) {
        double[] scores = new double[series.rows()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = next(series.values()[row]);
        }
        return scores;
    }
}
