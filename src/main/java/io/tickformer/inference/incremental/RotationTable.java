package io.tickformer.inference.incremental;

import java.nio.FloatBuffer;

/**
 * Cosines and sines of the angles by which tokens turn, one row for each token index of a
 * micro-batch. Series that tick together share a row.
 *
 * <p><b>Exact for streams of any age.</b> A token index times a turn is a large angle, of which
 * only the rest after whole circles matters; rounded to a double it would lose more of that rest
 * the older the stream is. The product is therefore kept as the rounded one and what rounding lost,
 * which a fused multiply-add gives exactly, and the sine of the sum is that of both parts: {@code
 * sin(p + e) = sin p cos e + cos p sin e}. {@link Math#sin} itself reduces large arguments exactly.
 * So rows are right to the last bit of a float for all token indices below 2^53.
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

    /** The row of a token index, written unless it is there. */
    int row(long token) {
        // The newest first: series that tick together come one after the other.
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

    /** Forgets all rows. */
    void clear() {
        rows = 0;
    }
}
