package io.tickformer.operator;

import io.tickformer.annotation.Public;
import io.tickformer.inference.EngineMode;
import io.tickformer.inference.Selection;
import io.tickformer.inference.runtime.Provider;
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
public record EngineSettings(Provider provider, EngineMode mode, long cacheBytes, Selection emitted)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Value of {@link #cacheBytes} for the operator's share of managed memory. */
    public static final long MANAGED_MEMORY = -1;

    public static final EngineSettings DEFAULT =
            new EngineSettings(Provider.CPU, EngineMode.AUTO, MANAGED_MEMORY, Selection.ALL);

    public EngineSettings {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(emitted, "emitted");
        SettingValues.require(
                cacheBytes >= 0 || cacheBytes == MANAGED_MEMORY,
                "cacheBytes",
                cacheBytes,
                "zero or more, or MANAGED_MEMORY");
    }

    /** Whether the cache takes the operator's share of managed memory. */
    boolean usesManagedMemory() {
        return mode != EngineMode.FULL && cacheBytes == MANAGED_MEMORY;
    }
}
