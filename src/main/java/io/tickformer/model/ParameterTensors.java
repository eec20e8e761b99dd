package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Provides the parameters of a network as tensors of a graph. */
@FunctionalInterface
@Internal
public interface ParameterTensors {
    /**
     * Returns the parameter with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Tensor get(String name);

    /**
     * Adds the parameters as named initializers, for export.
     *
     * @param flat the flat parameter vector
     */
    static ParameterTensors initializers(GraphBuilder g, ParameterLayout layout, float[] flat) {
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
     * Splits one flat tensor into the parameters, for training.
     *
     * @param flat a tensor of shape {@code [layout.size()]}
     */
    static ParameterTensors views(GraphBuilder g, ParameterLayout layout, Tensor flat) {
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
