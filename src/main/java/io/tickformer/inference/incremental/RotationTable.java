package io.tickformer.inference.incremental;

import java.nio.FloatBuffer;

/**
 * Cosines and sines of the rotary position angles, one row for each token index of a micro-batch.
 * Series that tick together share a row.
 *
 * <p><b>Exact for streams of any age.</b> A token index times an angle per token is a large angle,
 * of which only the remainder modulo 2 pi matters. Rounded to a double, it would lose more of that
 * remainder the older the stream is. Therefore the product is computed as the rounded product p and
 * its rounding error e, which a fused multiply-add gives exactly: {@code sin(p + e) = sin p cos e +
 * cos p sin e}. {@link Math#sin} reduces large arguments exactly. So the rows are right to the last
 * bit of a float for all token indices below 2^53.
 */
final class RotationTable {
    private final double[] turns; // w/2
    private final long[] tokens;
    private final FloatBuffer cosine; // M x w/2
    private final FloatBuffer sine; // M x w/2
    private int rows;

    /**
     * @param turns radians from one token to the next
     * @param cosine room for {@code most} rows
     * @param sine room for as many
     */
    RotationTable(double[] turns, int most, FloatBuffer cosine, FloatBuffer sine) {
        this.turns = turns;
        this.tokens = new long[most];
        this.cosine = cosine;
        this.sine = sine;
    }

    /** Returns the row of a token index, and writes it if it is not there. */
    int row(long token) {
        // The newest row first, because series that tick together are consecutive.
        for (int row = rows - 1; row >= 0; row--) {
            if (tokens[row] == token) {
                return row;
            }
        }
        write(rows, token);
        return rows++;
    }

    /** Writes a row. */
    void write(int row, long token) {
        tokens[row] = token;
        int at = row * turns.length;
        for (int i = 0; i < turns.length; i++) {
            double product = token * turns[i];
            double lost = Math.fma((double) token, turns[i], -product);
            double sin = Math.sin(product);
            double cos = Math.cos(product);
            cosine.put(at + i, (float) (cos * Math.cos(lost) - sin * Math.sin(lost)));
            sine.put(at + i, (float) (sin * Math.cos(lost) + cos * Math.sin(lost)));
        }
    }

    /** Removes all rows. */
    void clear() {
        rows = 0;
    }
}
