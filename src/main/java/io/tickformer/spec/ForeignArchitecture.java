package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickformer.annotation.Public;

/**
 * An ONNX forecaster made elsewhere: the names and layouts of its input and output tensors.
 *
 * <p>A layout is a string with one letter for each dimension: {@code B} series of the micro-batch,
 * {@code T} ticks of the context, {@code H} horizon steps, {@code Q} quantile levels, {@code 1} a
 * dimension of size one. Most forecasters read {@code "BT1"}.
 *
 * @param values input for the values of the context, letters B, T and 1; a missing tick repeats the
 *     value before it
 * @param observed input that is 1 for an observed and 0 for a missing value; null if the model has
 *     none
 * @param quantiles output of quantile forecasts, letters B, H, Q and 1; or null
 * @param mean output of point forecasts, letters B, H and 1; or null. At least one output is
 *     required
 * @param normalised whether inputs and forecasts are normalised in the frame of the last tick; if
 *     not they are raw values
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Public
public record ForeignArchitecture(
        ForeignTensor values,
        ForeignTensor observed,
        ForeignTensor quantiles,
        ForeignTensor mean,
        boolean normalised)
        implements Architecture {

    /**
     * A tensor and the meaning of its dimensions.
     *
     * @param name its name in the ONNX graph
     * @param layout one letter for each dimension
     */
    public record ForeignTensor(String name, String layout) {
        public ForeignTensor {
            require(
                    name != null && !name.isBlank(),
                    "name",
                    name,
                    "the tensor's name in the ONNX graph");
            require(
                    layout != null && layout.matches("[BTHQ1]+"),
                    "layout",
                    layout,
                    "letters of B, T, H, Q and 1");
        }

        void requireLetters(String field, String letters) {
            for (int i = 0; i < letters.length(); i++) {
                char letter = letters.charAt(i);
                require(
                        layout.indexOf(letter) >= 0
                                && layout.indexOf(letter) == layout.lastIndexOf(letter),
                        field + ".layout",
                        layout,
                        "each of the letters " + letters + " once");
            }
            require(
                    layout.chars().allMatch(c -> c == '1' || letters.indexOf(c) >= 0),
                    field + ".layout",
                    layout,
                    "only the letters " + letters + " and 1");
        }
    }

    public ForeignArchitecture {
        require(values != null, "values", null, "the input that takes the context");
        values.requireLetters("values", "BT");
        if (observed != null) {
            observed.requireLetters("observed", "BT");
        }
        require(
                quantiles != null || mean != null,
                "quantiles and mean",
                null,
                "at least one output");
        if (quantiles != null) {
            quantiles.requireLetters("quantiles", "BHQ");
        }
        if (mean != null) {
            mean.requireLetters("mean", "BH");
        }
    }
}
