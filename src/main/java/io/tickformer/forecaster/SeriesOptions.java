package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.ForecastSelection;
import java.time.Duration;
import java.util.Objects;

/**
 * How series are forecast. The defaults are those of a job.
 *
 * @param outOfOrderness by how much the readings of a series may come out of order
 * @param readings number of readings of each channel that complete a tick; 0 if it is not known
 * @param expiryTicks ticks without a reading after which a series expires; 0 for the ring of the
 *     model, the least there is
 * @param silentTicks ticks without a reading that are still forecast
 * @param emitted the horizon steps and quantile levels of the forecasts
 * @param feedback which parts of the feedback act on forecasts
 * @param mode whether a forecast is computed from the new ticks or from the whole context
 * @param cacheBytes most memory of the cache of an engine, off heap
 * @param circuitBreaker whether a failed call of the model gives simple forecasts; otherwise it
 *     throws
 */
@Internal
public record SeriesOptions(
        Duration outOfOrderness,
        int readings,
        int expiryTicks,
        int silentTicks,
        ForecastSelection emitted,
        FeedbackSettings feedback,
        EvaluationMode mode,
        long cacheBytes,
        boolean circuitBreaker) {
    /** Cache of an engine unless it is set: some hundred series of a small model. */
    public static final long DEFAULT_CACHE_BYTES = 64L << 20;

    public static final SeriesOptions DEFAULT =
            new SeriesOptions(
                    Duration.ZERO,
                    0,
                    0,
                    0,
                    ForecastSelection.ALL,
                    FeedbackSettings.DEFAULT,
                    EvaluationMode.AUTO,
                    DEFAULT_CACHE_BYTES,
                    true);

    public SeriesOptions {
        Objects.requireNonNull(emitted, "emitted");
        Objects.requireNonNull(feedback, "feedback");
        Objects.requireNonNull(mode, "mode");
        require(
                outOfOrderness != null && !outOfOrderness.isNegative(),
                "outOfOrderness",
                outOfOrderness,
                "zero or more");
        require(readings >= 0, "readings", readings, "zero or more");
        require(expiryTicks >= 0, "expiryTicks", expiryTicks, "zero or more ticks");
        require(silentTicks >= 0, "silentTicks", silentTicks, "zero or more ticks");
        require(cacheBytes >= 0, "cacheBytes", cacheBytes, "zero or more");
    }

    private static void require(boolean holds, String name, Object given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is %s; expected %s".formatted(name, given, expected));
        }
    }

    /** These options with another out-of-orderness. */
    public SeriesOptions withOutOfOrderness(Duration other) {
        return new SeriesOptions(
                other,
                readings,
                expiryTicks,
                silentTicks,
                emitted,
                feedback,
                mode,
                cacheBytes,
                circuitBreaker);
    }

    /** These options with another number of readings that complete a tick; 0 if not known. */
    public SeriesOptions withReadings(int other) {
        return new SeriesOptions(
                outOfOrderness,
                other,
                expiryTicks,
                silentTicks,
                emitted,
                feedback,
                mode,
                cacheBytes,
                circuitBreaker);
    }

    /**
     * These options with other rules for a series that sends nothing.
     *
     * @param expiry ticks until it expires; 0 for the ring of the model
     * @param forecast ticks that are still forecast
     */
    public SeriesOptions withSilence(int expiry, int forecast) {
        return new SeriesOptions(
                outOfOrderness,
                readings,
                expiry,
                forecast,
                emitted,
                feedback,
                mode,
                cacheBytes,
                circuitBreaker);
    }

    /** These options with another part of the forecast emitted. */
    public SeriesOptions withEmitted(ForecastSelection other) {
        return new SeriesOptions(
                outOfOrderness,
                readings,
                expiryTicks,
                silentTicks,
                other,
                feedback,
                mode,
                cacheBytes,
                circuitBreaker);
    }

    /** These options with other feedback. */
    public SeriesOptions withFeedback(FeedbackSettings other) {
        return new SeriesOptions(
                outOfOrderness,
                readings,
                expiryTicks,
                silentTicks,
                emitted,
                other,
                mode,
                cacheBytes,
                circuitBreaker);
    }

    /** These options with another evaluation mode and size of the cache. */
    public SeriesOptions withCache(EvaluationMode otherMode, long bytes) {
        return new SeriesOptions(
                outOfOrderness,
                readings,
                expiryTicks,
                silentTicks,
                emitted,
                feedback,
                otherMode,
                bytes,
                circuitBreaker);
    }

    /** These options with or without the circuit breaker. */
    public SeriesOptions withCircuitBreaker(boolean other) {
        return new SeriesOptions(
                outOfOrderness,
                readings,
                expiryTicks,
                silentTicks,
                emitted,
                feedback,
                mode,
                cacheBytes,
                other);
    }

    /** The ticks without a reading after which a series of a model expires. */
    int expiryTicks(int ringTicks) {
        require(
                expiryTicks == 0 || expiryTicks >= ringTicks,
                "expiryTicks",
                expiryTicks,
                "0, or at least the model's ring, %d ticks".formatted(ringTicks));
        return expiryTicks == 0 ? ringTicks : expiryTicks;
    }
}
