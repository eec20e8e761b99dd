package io.tickformer.operator;

import io.tickformer.inference.EngineMode;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.InferenceException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses how forecasts are computed, and says why where it is not as it could be. */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final ForecastOperatorSettings settings;

    Engine(ForecastOperatorSettings settings) {
        this.settings = settings;
    }

    /**
     * The micro-batch of a subtask.
     *
     * @throws InferenceException if the mode is incremental and cannot be
     */
    MicroBatch newMicroBatch(ForecastModel model, CacheMemory memory) {
        int size = settings.microBatch().size();
        if (settings.engine().mode() == EngineMode.FULL) {
            return model.newMicroBatch(size, settings.engine().emitted());
        }
        Optional<String> objection = objection(model, memory);
        boolean isAuto = settings.engine().mode() == EngineMode.AUTO;
        if (objection.isEmpty()) {
            try {
                return model.newIncrementalMicroBatch(
                        size, settings.engine().emitted(), memory.options());
            } catch (InferenceException e) {
                if (!isAuto) {
                    throw e;
                }
                LOG.warn("Every forecast recomputes its context: {}", e.getMessage());
            }
        } else if (isAuto) {
            LOG.info("Every forecast recomputes its context: {}", objection.get());
        } else {
            throw new InferenceException(
                    "mode is incremental, but model %s cannot be: %s"
                            .formatted(model.name(), objection.get()));
        }
        return model.newMicroBatch(size, settings.engine().emitted());
    }

    private static Optional<String> objection(ForecastModel model, CacheMemory memory) {
        Optional<String> ofModel = model.objectionToIncremental();
        if (ofModel.isPresent()) {
            return ofModel;
        }
        long each = model.cacheBytesPerSeries();
        return memory.bytes() >= each
                ? Optional.empty()
                : Optional.of(
                        ("its cache of %d bytes has room for no series, which takes %d: raise"
                                        + " taskmanager.memory.managed.size, or set"
                                        + " forecast.cache-memory")
                                .formatted(memory.bytes(), each));
    }
}
