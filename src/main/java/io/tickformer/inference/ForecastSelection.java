package io.tickformer.inference;

import io.tickformer.annotation.Public;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;
import java.io.Serializable;
import java.util.List;

/**
 * The part of a model's answer that is emitted.
 *
 * @param horizon number of horizon steps, from the first on; 0 for all
 * @param quantileLevels quantile levels, each one of the model's; empty for all
 */
@Public
public record ForecastSelection(int horizon, List<Double> quantileLevels) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Everything the model answers. */
    public static final ForecastSelection ALL = new ForecastSelection(0, List.of());

    /** Levels closer than this are the same level. */
    private static final double SAME_LEVEL = 1e-9;

    public ForecastSelection {
        if (horizon < 0) {
            throw new IllegalArgumentException(
                    "horizon is %d; expected a number of steps, or 0 for all".formatted(horizon));
        }
        quantileLevels = List.copyOf(quantileLevels);
    }

    /** The number of horizon steps emitted of a model. */
    public int stepsOf(ForecastSpec spec) {
        if (horizon > spec.horizon()) {
            throw new InferenceException(
                    "%d horizon steps are asked for; the model forecasts %d"
                            .formatted(horizon, spec.horizon()));
        }
        return horizon == 0 ? spec.horizon() : horizon;
    }

    /** The positions of the emitted levels among those of a model, ascending. */
    public int[] levelsOf(ForecastSpec spec) {
        List<Double> known = spec.quantileLevels();
        int[] positions = new int[quantileLevels.isEmpty() ? known.size() : quantileLevels.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = quantileLevels.isEmpty() ? i : position(quantileLevels.get(i), known);
            if (i > 0 && positions[i] <= positions[i - 1]) {
                throw new InferenceException(
                        "quantile levels asked for are %s; expected them strictly ascending"
                                .formatted(quantileLevels));
            }
        }
        return positions;
    }

    private static int position(double level, List<Double> known) {
        for (int i = 0; i < known.size(); i++) {
            if (Math.abs(known.get(i) - level) < SAME_LEVEL) {
                return i;
            }
        }
        throw new InferenceException(
                "quantile level %s is asked for; the model forecasts %s".formatted(level, known));
    }
}
