package io.tickformer.operator;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/**
 * Which ticks are forecast: those that end after a time, and of a series that was forecast by an
 * earlier start of the job those after its newest forecast. Any other tick enters its series'
 * context and is not forecast. So a job can read the past of a topic at full speed and forecast
 * from the present on, and one that starts again without a savepoint can read its contexts back and
 * goes on where it stopped.
 *
 * <p>Where the time is that of the job's first start, it is part of the job's state: a job that
 * goes on from a savepoint forecasts what came while it was down, too.
 *
 * @param epochMillis the time; {@link Long#MIN_VALUE} for every tick
 * @param isStart whether it is the time the job was submitted, for which one in a checkpoint stands
 * @param done what an earlier start of the job has forecast
 */
public record ForecastFrom(long epochMillis, boolean isStart, ForecastProgress done)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Every tick. */
    public static final ForecastFrom EARLIEST =
            new ForecastFrom(Long.MIN_VALUE, false, ForecastProgress.NONE);

    public ForecastFrom {
        Objects.requireNonNull(done, "done");
    }

    /** Ticks that end after a time that the user chose. */
    public static ForecastFrom time(Instant time) {
        return new ForecastFrom(time.toEpochMilli(), false, ForecastProgress.NONE);
    }

    /** Ticks that end after the job was first submitted. */
    public static ForecastFrom start(Instant submitted) {
        return new ForecastFrom(submitted.toEpochMilli(), true, ForecastProgress.NONE);
    }

    /**
     * Goes on after an earlier start of the job. A time that the user chose counts as before. When
     * the job was first submitted does not: series that the earlier start has not forecast are held
     * to the time in {@code earlier}.
     */
    public ForecastFrom after(ForecastProgress earlier) {
        return new ForecastFrom(isStart ? earlier.othersFrom() : epochMillis, isStart, earlier);
    }

    /**
     * Whether a tick is forecast.
     *
     * @param series key of what the tick is of
     * @param tick its index
     * @param lastMilli its last millisecond
     */
    boolean includes(String series, long tick, long lastMilli) {
        long newest = done.newest(series);
        if (newest == ForecastProgress.UNKNOWN) {
            return lastMilli >= epochMillis && lastMilli >= done.othersFrom();
        }
        return tick > newest && (isStart || lastMilli >= epochMillis);
    }
}
