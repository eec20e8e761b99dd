package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a graph takes its parameters from. */
@FunctionalInterface
public interface Parameters {
    /**
     * The parameter of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Tensor get(String name);

    /**
     * Parameters as named initializers of the graph, for export.
     *
     * @param flat the flat vector of the layout
     */
    static Parameters initializers(GraphBuilder g, ParameterLayout layout, float[] flat) {
        Map<String, Tensor> tensors = new HashMap<>();
        layout.unflatten(flat)
                .forEach(
                        (name, data) -> {
                            TensorData own =
                                    TensorData.of(g.floatType(), data.shape(), data.toDoubles());
                            tensors.put(name, g.initializer(name, own));
                        });
        return name -> tensors.get(layout.parameter(name).name());
    }

    /**
     * Parameters as views of one flat vector, for training.
     *
     * @param flat a tensor of the shape {@code [layout.size()]}
     */
    static Parameters views(GraphBuilder g, ParameterLayout layout, Tensor flat) {
        List<Parameter> parameters = layout.parameters();
        long[] sizes = parameters.stream().mapToLong(Parameter::size).toArray();
        List<Tensor> parts = g.split(flat, 0, sizes);
        Map<String, Tensor> tensors = new HashMap<>();
        for (int i = 0; i < sizes.length; i++) {
            Shape shape = parameters.get(i).shape();
            tensors.put(
                    parameters.get(i).name(),
                    shape.rank() == 1 ? parts.get(i) : g.reshape(parts.get(i), shape));
        }
        return name -> tensors.get(layout.parameter(name).name());
    }
}
