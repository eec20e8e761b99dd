package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.runtime.InferenceException;
import java.util.Optional;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses between incremental evaluation and full recomputation, and logs why a forecast is not
 * evaluated incrementally.
 */
@Internal
public final class EvaluationModeChoice {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluationModeChoice.class);

    private final EvaluationMode mode;
    private final ForecastSelection emitted;
    private final LongFunction<String> tooSmall;

    /**
     * @param tooSmall says that the cache has room for no series and what to do, given the bytes
     *     that a series takes
     */
    public EvaluationModeChoice(
            EvaluationMode mode, ForecastSelection emitted, LongFunction<String> tooSmall) {
        this.mode = mode;
        this.emitted = emitted;
        this.tooSmall = tooSmall;
    }

    /**
     * Creates the micro-batch of a thread.
     *
     * @param capacity contexts it takes, at least 1
     * @param cache where it keeps keys and values, if it is incremental
     * @throws InferenceException if the mode is incremental, but the model or the memory does not
     *     allow it
     */
    public MicroBatch newMicroBatch(ForecastModel model, int capacity, CacheOptions cache) {
        if (mode == EvaluationMode.FULL) {
            return model.newMicroBatch(capacity, emitted);
        }
        boolean isAuto = mode == EvaluationMode.AUTO;
        Optional<String> ofModel = model.objectionToIncremental();
        Optional<String> ofMemory = ofModel.isPresent() ? ofModel : objection(model, cache.bytes());
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
                return model.newIncrementalMicroBatch(capacity, emitted, cache);
            } catch (InferenceException e) {
                if (!isAuto) {
                    throw e;
                }
                LOG.warn("Every forecast recomputes its context: {}", e.getMessage());
            }
        }
        return model.newMicroBatch(capacity, emitted);
    }

    private Optional<String> objection(ForecastModel model, long bytes) {
        long each = model.cacheBytesPerSeries();
        return bytes >= each ? Optional.empty() : Optional.of(tooSmall.apply(each));
    }
}
