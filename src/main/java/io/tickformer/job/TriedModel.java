package io.tickformer.job;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;

/** The model of a job, after it was read, run once and compared with the settings. */
@Internal
public final class TriedModel {
    private final byte[] onnx;
    private final @Nullable ForecastSpec foreign;
    private final ForecastSpec spec;
    private final int steps;
    private final int levels;
    private final long stateBytesPerSeries;

    TriedModel(
            byte[] onnx,
            @Nullable ForecastSpec foreign,
            ForecastSpec spec,
            int steps,
            int levels,
            long stateBytesPerSeries) {
        this.onnx = onnx;
        this.foreign = foreign;
        this.spec = spec;
        this.steps = steps;
        this.levels = levels;
        this.stateBytesPerSeries = stateBytesPerSeries;
    }

    /** Its spec, with the ticks that the settings ask for. */
    public ForecastSpec spec() {
        return spec;
    }

    /** Number of horizon steps that the job emits. */
    public int steps() {
        return steps;
    }

    /** Number of quantile levels that the job emits. */
    public int levels() {
        return levels;
    }

    /** Bytes of the state of a series, at most. */
    public long stateBytesPerSeries() {
        return stateBytesPerSeries;
    }

    /** Size of the file in bytes. */
    public int fileBytes() {
        return onnx.length;
    }

    /**
     * Opens the model.
     *
     * @throws InferenceException if the provider is not available
     */
    public ForecastModel open(ExecutionProvider provider) {
        return ForecastModel.open(onnx, foreign, provider);
    }
}
