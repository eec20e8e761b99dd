package io.tickformer.inference;

import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.model.Networks;
import io.tickformer.model.Parameter;
import io.tickformer.model.ParameterLayout;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;

/** Reads the weights of our own networks from a file. */
final class NetworkWeights {
    private NetworkWeights() {}

    /**
     * Reads the weights.
     *
     * @return all weights in one array, in the order of the network's layout
     * @throws InferenceException if they do not fit the spec, or one of them is not finite
     */
    static float[] read(ForecastSpec spec, OnnxFile file) {
        try {
            ParameterLayout layout = Networks.of(spec).layout();
            float[] flat = layout.flatten(file.initializers());
            for (Parameter parameter : layout.parameters()) {
                requireFinite(parameter, flat);
            }
            return flat;
        } catch (SpecException | OnnxException e) {
            throw new InferenceException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new InferenceException(
                    "the file's weights do not fit its spec: " + e.getMessage(), e);
        }
    }

    private static void requireFinite(Parameter parameter, float[] flat) {
        for (int i = parameter.offset(); i < parameter.end(); i++) {
            if (!Float.isFinite(flat[i])) {
                throw new InferenceException(
                        "the weights '%s' hold %s, which is no finite number; take another model, or train it anew"
                                .formatted(parameter.name(), flat[i]));
            }
        }
    }
}
