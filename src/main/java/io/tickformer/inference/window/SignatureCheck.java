package io.tickformer.inference.window;

import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.runtime.TensorSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks the inputs and outputs of a graph against a spec; errors name the difference. */
final class SignatureCheck {
    private static final String ELEMENT_TYPE = "FLOAT";

    private SignatureCheck() {}

    /**
     * Requires a float tensor of the given layout; symbolic dimensions fit everything.
     *
     * @param kind {@code input} or {@code output}
     * @param shape expected shape; the dimension at letter B fits any number
     * @return the number of series that the graph was exported for, or {@link
     *     TensorSignature#SYMBOLIC}
     */
    static long require(
            Map<String, TensorSignature> declared,
            String kind,
            String name,
            TensorLayout layout,
            long[] shape) {
        TensorSignature tensor = declared.get(name);
        if (tensor == null) {
            throw new InferenceException(
                    "the spec names the %s %s; the graph has %s"
                            .formatted(kind, name, declared.keySet()));
        }
        if (!tensor.elementType().equals(ELEMENT_TYPE)) {
            throw new InferenceException(
                    "%s %s has elements of type %s; expected %s"
                            .formatted(kind, name, tensor.elementType(), ELEMENT_TYPE));
        }
        List<Long> dimensions = tensor.shape();
        boolean fits = dimensions.size() == shape.length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits =
                    layout.letters().charAt(i) == 'B'
                            || dimensions.get(i) == TensorSignature.SYMBOLIC
                            || dimensions.get(i) == shape[i];
        }
        if (!fits) {
            throw new InferenceException(
                    "%s %s has shape %s in the graph; the spec expects %s"
                            .formatted(kind, name, text(tensor), expected(layout, shape)));
        }
        return dimensions.get(layout.letters().indexOf('B'));
    }

    /** Requires that the graph reads no input but the given ones. */
    static void requireOnly(Map<String, TensorSignature> declared, List<String> names) {
        List<String> others = new ArrayList<>(declared.keySet());
        others.removeAll(names);
        if (!others.isEmpty()) {
            throw new InferenceException(
                    "the graph also reads the inputs %s; the spec names %s"
                            .formatted(others, names));
        }
    }

    private static String text(TensorSignature tensor) {
        return tensor.shape().toString().replace("-1", "?");
    }

    private static String expected(TensorLayout layout, long[] shape) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < shape.length; i++) {
            char letter = layout.letters().charAt(i);
            parts.add(letter == 'B' ? "B" : String.valueOf(shape[i]));
        }
        return parts.toString();
    }
}
