package io.tickformer.operator;

import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.InferenceException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses between incremental evaluation and full recomputation, and logs why a forecast is not
 * evaluated incrementally.
 */
final class EvaluationModeChoice {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluationModeChoice.class);

    private final ForecastOperatorSettings settings;

    EvaluationModeChoice(ForecastOperatorSettings settings) {
        this.settings = settings;
    }

    /**
     * Creates the micro-batch of a subtask.
     *
     * @throws InferenceException if the mode is incremental, but the model or the memory does not
     *     allow it
     */
    MicroBatch newMicroBatch(ForecastModel model, CacheMemory memory) {
        EngineSettings engine = settings.engine();
        int size = settings.microBatch().size();
        if (engine.mode() == EvaluationMode.FULL) {
            return model.newMicroBatch(size, engine.emitted());
        }
        boolean isAuto = engine.mode() == EvaluationMode.AUTO;
        Optional<String> ofModel = model.objectionToIncremental();
        Optional<String> ofMemory = ofModel.isPresent() ? ofModel : objection(model, memory);
        if (ofMemory.isPresent() && !isAuto) {
            throw new InferenceException(
                    "mode is incremental, but model %s cannot be: %s"
                            .formatted(model.name(), ofMemory.get()));
        }
        if (ofModel.isPresent()) {
            LOG.info("Every forecast recomputes its context: {}", ofModel.get());
        } else if (ofMemory.isPresent()) {
            LOG.warn("Every forecast recomputes its context: {}", ofMemory.get());
        } else {
            try {
                return model.newIncrementalMicroBatch(size, engine.emitted(), memory.options());
            } catch (InferenceException e) {
                if (!isAuto) {
                    throw e;
                }
                LOG.warn("Every forecast recomputes its context: {}", e.getMessage());
            }
        }
        return model.newMicroBatch(size, engine.emitted());
    }

    private Optional<String> objection(ForecastModel model, CacheMemory memory) {
        long each = model.cacheBytesPerSeries();
        if (memory.bytes() >= each) {
            return Optional.empty();
        }
        return Optional.of(
                memory.bytes() == 0 && settings.engine().usesManagedMemory()
                        ? "the operator has no managed memory for its cache: wire it with"
                                + " ForecastPipeline, or declare ManagedMemoryUseCase.OPERATOR by"
                                + " declareManagedMemoryUseCaseAtOperatorScope; and set"
                                + " taskmanager.memory.managed.size above zero, or set"
                                + " forecast.cache-memory"
                        : ("its cache of %d bytes has room for no series, which takes %d: raise"
                                        + " taskmanager.memory.managed.size, or set"
                                        + " forecast.cache-memory")
                                .formatted(memory.bytes(), each));
    }
}
