package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import java.util.List;

/**
 * Position encodings. Their tables are computed here from the position of a token in the window.
 */
final class Positions {
    private static final double BASE = 10_000;

    private Positions() {}

    /**
     * Adds the sinusoidal table (Vaswani et al. 2017, section 3.5): {@code PE(n, 2i) = sin(n /
     * 10000^(2i/d))}, {@code PE(n, 2i+1) = cos} of the same.
     *
     * @param z {@code [B,N,d]}
     */
    static Tensor addSinusoidal(GraphBuilder g, Tensor z) {
        int tokens = Math.toIntExact(z.shape().size(1));
        int width = Math.toIntExact(z.shape().size(2));
        double[] table = new double[tokens * width];
        for (int n = 0; n < tokens; n++) {
            for (int j = 0; j < width; j++) {
                int evenBelow = j - j % 2;
                double angle = n * Math.pow(BASE, -1.0 * evenBelow / width);
                table[n * width + j] = j % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
            }
        }
        return g.add(z, g.constant(Shape.of(tokens, width), table));
    }

    /**
     * Rotates each pair {@code (x_i, x_{i + w/2})} of a head's w elements by {@code n *
     * 10000^(-2i/w)} (Su et al. 2021, section 3.2), where n is the position in the window. Products
     * of rotated queries and keys depend on differences of positions only.
     *
     * @param x {@code [B,h,M,w]}, w even: the tokens from {@code first} on
     * @param first position of the first of the M tokens
     */
    static Tensor rotate(GraphBuilder g, Tensor x, int first) {
        int tokens = Math.toIntExact(x.shape().size(-2));
        int half = Math.toIntExact(x.shape().size(-1) / 2);
        double[] cosines = new double[tokens * half];
        double[] sines = new double[tokens * half];
        for (int m = 0; m < tokens; m++) {
            for (int i = 0; i < half; i++) {
                double angle = (first + m) * Math.pow(BASE, -1.0 * i / half);
                cosines[m * half + i] = Math.cos(angle);
                sines[m * half + i] = Math.sin(angle);
            }
        }
        return rotate(
                g,
                x,
                g.constant(Shape.of(tokens, half), cosines),
                g.constant(Shape.of(tokens, half), sines));
    }

    /**
     * Rotates by given angles.
     *
     * @param x {@code [B,h,M,w]}, w even
     * @param cos cosines of the angles, broadcast to {@code [B,h,M,w/2]}
     * @param sin sines of the angles, broadcast to {@code [B,h,M,w/2]}
     */
    static Tensor rotate(GraphBuilder g, Tensor x, Tensor cos, Tensor sin) {
        long half = x.shape().size(-1) / 2;
        List<Tensor> halves = g.split(x, -1, half, half);
        Tensor a = halves.get(0);
        Tensor b = halves.get(1);
        return g.concat(
                -1, g.sub(g.mul(a, cos), g.mul(b, sin)), g.add(g.mul(b, cos), g.mul(a, sin)));
    }
}
