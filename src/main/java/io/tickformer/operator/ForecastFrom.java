package io.tickformer.operator;

import java.io.Serializable;
import java.time.Instant;

/**
 * Which ticks are forecast: those that end after a time. A tick before it enters its series'
 * context and is not forecast, so that a job can read the past of a topic at full speed and
 * forecast from the present on.
 *
 * <p>Where the time is that of the job's first start, it is part of the job's state: a job that
 * goes on from a savepoint forecasts what came while it was down, too.
 *
 * @param epochMillis the time; {@link Long#MIN_VALUE} for every tick
 * @param isStart whether it is the time the job was submitted, for which one in a checkpoint stands
 */
public record ForecastFrom(long epochMillis, boolean isStart) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Every tick. */
    public static final ForecastFrom EARLIEST = new ForecastFrom(Long.MIN_VALUE, false);

    /** Ticks that end after a time that the user chose. */
    public static ForecastFrom time(Instant time) {
        return new ForecastFrom(time.toEpochMilli(), false);
    }

    /** Ticks that end after the job was first submitted. */
    public static ForecastFrom start(Instant submitted) {
        return new ForecastFrom(submitted.toEpochMilli(), true);
    }

    /** Whether a tick of this last millisecond is forecast. */
    boolean includes(long lastMilli) {
        return lastMilli >= epochMillis;
    }
}
