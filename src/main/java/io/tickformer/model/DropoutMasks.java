package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Dropout whose masks are inputs of the graph: whoever runs it draws them, from a generator whose
 * state it can keep, so a resumed training continues bit for bit. A mask holds 0 where an element
 * is dropped and {@code 1 / keep} elsewhere.
 */
public final class DropoutMasks implements Dropout {
    private final GraphBuilder g;
    private final List<Tensor> inputs = new ArrayList<>();

    public DropoutMasks(GraphBuilder g) {
        this.g = g;
    }

    @Override
    public Tensor apply(String site, Tensor x) {
        Tensor mask = g.input("dropout." + site, x.type(), x.shape());
        inputs.add(mask);
        return g.mul(x, mask);
    }

    /** The masks to feed, in the order of the model. */
    public List<Tensor> inputs() {
        return List.copyOf(inputs);
    }
}
