package io.tickformer.operator;

import io.tickformer.event.TickAggregate;
import io.tickformer.inference.EngineMode;
import io.tickformer.inference.Selection;
import io.tickformer.inference.runtime.Provider;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How the operator forecasts. Travels with the job to its tasks.
 *
 * @param aggregate how the observations of a tick become its value
 * @param outOfOrderness by how much the readings of a series may come out of order
 * @param readings a tick is over with so many readings of each channel; 0 where their number says
 *     nothing
 * @param provider what executes the model
 * @param mode whether forecasts are computed from what is new or from the whole context
 * @param cacheBytes memory of each subtask's cache; {@link #MANAGED} for the operator's share of
 *     Flink's managed memory
 * @param microBatchSize forecasts computed in one call at most; at least 1
 * @param linger how long a tick waits at most for others to fill its micro-batch, in processing
 *     time; not negative
 * @param emitted how much of a forecast is emitted
 * @param idleExpiryTicks a series without a tick for so many ticks is forgotten; 0 for the model's
 *     context length T, after which a tick starts the context anew anyway. More than T keeps the
 *     state longer and changes no forecast. Less than T is refused once the model is known: the
 *     series would begin again where its context goes on offline, and the forecasts differ
 * @param silentTicks ticks for which a series that stays silent is forecast on; 0 for none
 * @param from which ticks are forecast; those before fill the contexts
 * @param whole which ticks are read from their beginning
 */
public record ForecastOperatorSettings(
        TickAggregate aggregate,
        Duration outOfOrderness,
        int readings,
        Provider provider,
        EngineMode mode,
        long cacheBytes,
        int microBatchSize,
        Duration linger,
        Selection emitted,
        int idleExpiryTicks,
        int silentTicks,
        ForecastFrom from,
        WholeTicks whole)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Value of {@link #cacheBytes} for a share of the managed memory. */
    public static final long MANAGED = -1;

    public static final ForecastOperatorSettings DEFAULT =
            new ForecastOperatorSettings(
                    TickAggregate.MEAN,
                    Duration.ZERO,
                    0,
                    Provider.CPU,
                    EngineMode.AUTO,
                    MANAGED,
                    64,
                    Duration.ofMillis(10),
                    Selection.ALL,
                    0,
                    0,
                    ForecastFrom.EARLIEST,
                    WholeTicks.ALL);

    public ForecastOperatorSettings {
        Objects.requireNonNull(aggregate, "aggregate");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(emitted, "emitted");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(whole, "whole");
        require(
                cacheBytes >= 0 || cacheBytes == MANAGED,
                "cacheBytes",
                cacheBytes,
                "zero or more, or MANAGED");
        require(microBatchSize >= 1, "microBatchSize", microBatchSize, "at least 1");
        require(linger != null && !linger.isNegative(), "linger", linger, "zero or more");
        require(
                outOfOrderness != null && !outOfOrderness.isNegative(),
                "outOfOrderness",
                outOfOrderness,
                "zero or more");
        require(readings >= 0, "readings", readings, "zero or more");
        require(idleExpiryTicks >= 0, "idleExpiryTicks", idleExpiryTicks, "zero or more ticks");
        require(silentTicks >= 0, "silentTicks", silentTicks, "zero or more ticks");
    }

    private static void require(boolean holds, String field, Object given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is %s; expected %s".formatted(field, given, expected));
        }
    }

    /**
     * After how many ticks a series is forgotten.
     *
     * @param ringTicks ticks of a context of the model that is run
     * @throws IllegalArgumentException if it is less than that
     */
    int expiryTicks(int ringTicks) {
        if (idleExpiryTicks == 0) {
            return ringTicks;
        }
        require(
                idleExpiryTicks >= ringTicks,
                "idleExpiryTicks",
                idleExpiryTicks,
                "0, or at least the model's context, %d ticks".formatted(ringTicks));
        return idleExpiryTicks;
    }

    /** How ticks of a length lie in event time, and how long they are waited for. */
    public TickTimes times(long tickMillis) {
        return new TickTimes(tickMillis, outOfOrderness.toMillis(), readings);
    }

    /** These settings with other rules for when a tick is over. */
    public ForecastOperatorSettings withTicks(
            TickAggregate otherAggregate, Duration otherOutOfOrderness, int otherReadings) {
        return new ForecastOperatorSettings(
                otherAggregate,
                otherOutOfOrderness,
                otherReadings,
                provider,
                mode,
                cacheBytes,
                microBatchSize,
                linger,
                emitted,
                idleExpiryTicks,
                silentTicks,
                from,
                whole);
    }

    /** These settings with other bounds of a micro-batch. */
    public ForecastOperatorSettings withMicroBatch(int size, Duration otherLinger) {
        return new ForecastOperatorSettings(
                aggregate,
                outOfOrderness,
                readings,
                provider,
                mode,
                cacheBytes,
                size,
                otherLinger,
                emitted,
                idleExpiryTicks,
                silentTicks,
                from,
                whole);
    }

    /** These settings with another way to compute forecasts. */
    public ForecastOperatorSettings withEngine(EngineMode otherMode, long otherCacheBytes) {
        return new ForecastOperatorSettings(
                aggregate,
                outOfOrderness,
                readings,
                provider,
                otherMode,
                otherCacheBytes,
                microBatchSize,
                linger,
                emitted,
                idleExpiryTicks,
                silentTicks,
                from,
                whole);
    }

    /** These settings with another share of the forecast emitted. */
    public ForecastOperatorSettings withEmitted(Selection other) {
        return new ForecastOperatorSettings(
                aggregate,
                outOfOrderness,
                readings,
                provider,
                mode,
                cacheBytes,
                microBatchSize,
                linger,
                other,
                idleExpiryTicks,
                silentTicks,
                from,
                whole);
    }

    /** These settings with other rules for series that fall silent. */
    public ForecastOperatorSettings withSilence(int expiryTicks, int forecastTicks) {
        return new ForecastOperatorSettings(
                aggregate,
                outOfOrderness,
                readings,
                provider,
                mode,
                cacheBytes,
                microBatchSize,
                linger,
                emitted,
                expiryTicks,
                forecastTicks,
                from,
                whole);
    }

    /** These settings with other ticks forecast. */
    public ForecastOperatorSettings withFrom(ForecastFrom other) {
        return new ForecastOperatorSettings(
                aggregate,
                outOfOrderness,
                readings,
                provider,
                mode,
                cacheBytes,
                microBatchSize,
                linger,
                emitted,
                idleExpiryTicks,
                silentTicks,
                other,
                whole);
    }

    /** These settings with other ticks that are read from their beginning. */
    public ForecastOperatorSettings withWhole(WholeTicks other) {
        return new ForecastOperatorSettings(
                aggregate,
                outOfOrderness,
                readings,
                provider,
                mode,
                cacheBytes,
                microBatchSize,
                linger,
                emitted,
                idleExpiryTicks,
                silentTicks,
                from,
                other);
    }
}
