package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Dropout with masks that are inputs of the graph. The caller samples them from a generator with a
 * known state, so that a resumed training continues bit for bit. A mask holds 0 for a dropped
 * element and {@code 1 / keep} for the others.
 */
@Internal
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

    /** The mask inputs, in the order of the model. */
    public List<Tensor> inputs() {
        return List.copyOf(inputs);
    }
}
