package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import java.util.List;

/**
 * Pads attention heads with zeros to the head width that the attention kernel of ONNX Runtime
 * accepts. Zeros change no product of query and key, and padded values meet zero rows of the output
 * projection.
 *
 * <p>With rotary positions each half of a head is padded by itself, so that rotated pairs stay
 * pairs.
 *
 * @param width w, head width of the network
 * @param wide w', head width of the kernel
 */
record HeadPadding(GraphBuilder g, int heads, int width, int wide) {
    private boolean fits() {
        return width == wide;
    }

    /** Pads the weights of queries or keys, {@code [d,h w] -> [d,h w']}. */
    Tensor rotated(Tensor weight) {
        return fits() || width % 2 != 0 ? plain(weight) : columns(weight, 2);
    }

    /** Pads the weights of values, {@code [d,h w] -> [d,h w']}. */
    Tensor plain(Tensor weight) {
        return fits() ? weight : columns(weight, 1);
    }

    private Tensor columns(Tensor weight, int parts) {
        long d = weight.shape().size(0);
        int added = (wide - width) / parts;
        Tensor byPart = g.reshape(weight, Shape.of(d, heads, parts, width / parts));
        Tensor widened = g.pad(byPart, -1, 0, added);
        return g.reshape(widened, Shape.of(d, (long) heads * wide));
    }

    /** Pads the weights of the output projection, {@code [h w,d] -> [h w',d]}. */
    Tensor rows(Tensor weight) {
        if (fits()) {
            return weight;
        }
        long d = weight.shape().size(1);
        Tensor byHead = g.reshape(weight, Shape.of(heads, width, d));
        return g.reshape(g.pad(byHead, 1, 0, wide - width), Shape.of((long) heads * wide, d));
    }

    /**
     * Pads keys or queries, {@code [B,h,N,w] -> [B,h,N,w']}, like {@link #rotated} pads weights.
     */
    Tensor rotatedHeads(Tensor x) {
        if (fits()) {
            return x;
        }
        if (width % 2 != 0) {
            return plainHeads(x);
        }
        int added = (wide - width) / 2;
        List<Tensor> halves = g.split(x, -1, width / 2, width / 2);
        return g.concat(-1, g.pad(halves.get(0), -1, 0, added), g.pad(halves.get(1), -1, 0, added));
    }

    /** Pads values, {@code [B,h,N,w] -> [B,h,N,w']}, like {@link #plain} pads weights. */
    Tensor plainHeads(Tensor x) {
        return fits() ? x : g.pad(x, -1, 0, wide - width);
    }
}
