package io.tickformer.operator;

import io.tickformer.annotation.Public;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.runtime.ExecutionProvider;
import java.io.Serializable;
import java.util.Objects;

/**
 * How forecasts are computed.
 *
 * @param provider what executes the model
 * @param mode whether a forecast is computed from the new ticks or from the whole context
 * @param cacheBytes size of each subtask's cache; {@link #MANAGED_MEMORY} for the operator's share
 *     of Flink's managed memory
 * @param emitted the horizon steps and quantile levels that are emitted
 */
@Public
public record EngineSettings(
        ExecutionProvider provider, EvaluationMode mode, long cacheBytes, ForecastSelection emitted)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Value of {@link #cacheBytes} for the operator's share of managed memory. */
    public static final long MANAGED_MEMORY = -1;

    public static final EngineSettings DEFAULT =
            new EngineSettings(
                    ExecutionProvider.CPU,
                    EvaluationMode.AUTO,
                    MANAGED_MEMORY,
                    ForecastSelection.ALL);

    public EngineSettings {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(emitted, "emitted");
        SettingRequirements.require(
                cacheBytes >= 0 || cacheBytes == MANAGED_MEMORY,
                "cacheBytes",
                cacheBytes,
                "zero or more, or MANAGED_MEMORY");
    }

    /** Whether the cache takes the operator's share of managed memory. */
    boolean usesManagedMemory() {
        return mode != EvaluationMode.FULL && cacheBytes == MANAGED_MEMORY;
    }
}
