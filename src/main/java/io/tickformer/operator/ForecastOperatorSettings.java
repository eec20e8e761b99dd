package io.tickformer.operator;

import io.tickformer.annotation.Public;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.ForecastSelection;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * Settings of the operator, grouped by subject. Serialized with the job graph.
 *
 * @param ticks when a tick is over
 * @param engine how forecasts are computed
 * @param microBatch when the model is called
 * @param silence what happens to a series that sends nothing
 * @param from which ticks are forecast; earlier ones only fill the contexts
 * @param whole which ticks are read from their beginning
 * @param feedback what follows from the ticks that come due
 */
@Public
public record ForecastOperatorSettings(
        TickClosingSettings ticks,
        EngineSettings engine,
        MicroBatchSettings microBatch,
        SilenceSettings silence,
        ForecastTickFilter from,
        PartlyReadTickFilter whole,
        LiveFeedbackSettings feedback)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final ForecastOperatorSettings DEFAULT =
            new ForecastOperatorSettings(
                    TickClosingSettings.DEFAULT,
                    EngineSettings.DEFAULT,
                    MicroBatchSettings.DEFAULT,
                    SilenceSettings.DEFAULT,
                    ForecastTickFilter.EARLIEST,
                    PartlyReadTickFilter.ALL,
                    LiveFeedbackSettings.DEFAULT);

    public ForecastOperatorSettings {
        Objects.requireNonNull(ticks, "ticks");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(microBatch, "microBatch");
        Objects.requireNonNull(silence, "silence");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(whole, "whole");
        Objects.requireNonNull(feedback, "feedback");
    }

    /** These settings with other rules for when a tick is over. */
    public ForecastOperatorSettings withTicks(Duration outOfOrderness, int readings) {
        return new ForecastOperatorSettings(
                new TickClosingSettings(outOfOrderness, readings),
                engine,
                microBatch,
                silence,
                from,
                whole,
                feedback);
    }

    /** These settings with another engine. */
    public ForecastOperatorSettings withEngine(EngineSettings other) {
        return new ForecastOperatorSettings(
                ticks, other, microBatch, silence, from, whole, feedback);
    }

    /** These settings with another evaluation mode and size of the cache. */
    public ForecastOperatorSettings withEngine(EvaluationMode mode, long cacheBytes) {
        return withEngine(
                new EngineSettings(engine.provider(), mode, cacheBytes, engine.emitted()));
    }

    /** These settings with another part of the forecast emitted. */
    public ForecastOperatorSettings withEmitted(ForecastSelection emitted) {
        return withEngine(
                new EngineSettings(engine.provider(), engine.mode(), engine.cacheBytes(), emitted));
    }

    /** These settings with another micro-batch. */
    public ForecastOperatorSettings withMicroBatch(int size, Duration linger) {
        return new ForecastOperatorSettings(
                ticks,
                engine,
                new MicroBatchSettings(size, linger),
                silence,
                from,
                whole,
                feedback);
    }

    /** These settings with another time until a silent series expires. */
    public ForecastOperatorSettings withExpiryTicks(int expiryTicks) {
        return withSilence(new SilenceSettings(expiryTicks, silence.forecastTicks()));
    }

    /** These settings with another number of ticks for which a silent series is forecast. */
    public ForecastOperatorSettings withSilentTicks(int forecastTicks) {
        return withSilence(new SilenceSettings(silence.expiryTicks(), forecastTicks));
    }

    private ForecastOperatorSettings withSilence(SilenceSettings other) {
        return new ForecastOperatorSettings(
                ticks, engine, microBatch, other, from, whole, feedback);
    }

    /** These settings with other ticks forecast. */
    public ForecastOperatorSettings withFrom(ForecastTickFilter other) {
        return new ForecastOperatorSettings(
                ticks, engine, microBatch, silence, other, whole, feedback);
    }

    /** These settings with other ticks that are read from their beginning. */
    public ForecastOperatorSettings withWhole(PartlyReadTickFilter other) {
        return new ForecastOperatorSettings(
                ticks, engine, microBatch, silence, from, other, feedback);
    }

    /** These settings with other feedback. */
    public ForecastOperatorSettings withFeedback(LiveFeedbackSettings other) {
        return new ForecastOperatorSettings(ticks, engine, microBatch, silence, from, whole, other);
    }
}
