package io.tickformer.operator;

import io.tickformer.annotation.Public;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/**
 * Selects the ticks that are forecast: those that end after a given time. If an earlier start of
 * the job has forecast a series, only its ticks after the newest such forecast are. All other ticks
 * enter the context and are not forecast. So a job can read the past of a topic at full speed and
 * forecast from the present on. A job that restarts without a savepoint can read its contexts again
 * and continue where it stopped.
 *
 * <p>If the time is that of the job's first start, it is part of the job's state: a job that
 * continues from a savepoint also forecasts the ticks that ended while it was down.
 *
 * @param epochMillis the time; {@link Long#MIN_VALUE} for every tick
 * @param isStart whether it is the time the job was submitted; a restored job then uses the time in
 *     its checkpoint
 * @param done the newest forecasts of an earlier start of the job
 */
@Public
public record ForecastTickFilter(long epochMillis, boolean isStart, NewestForecastTicks done)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Every tick. */
    public static final ForecastTickFilter EARLIEST =
            new ForecastTickFilter(Long.MIN_VALUE, false, NewestForecastTicks.NONE);

    public ForecastTickFilter {
        Objects.requireNonNull(done, "done");
    }

    /** Ticks that end after a time chosen by the user. */
    public static ForecastTickFilter time(Instant time) {
        return new ForecastTickFilter(time.toEpochMilli(), false, NewestForecastTicks.NONE);
    }

    /** Ticks that end after the job was first submitted. */
    public static ForecastTickFilter start(Instant submitted) {
        return new ForecastTickFilter(submitted.toEpochMilli(), true, NewestForecastTicks.NONE);
    }

    /**
     * Continues after an earlier start of the job. A time chosen by the user still applies. The
     * time of submission does not: series without an earlier forecast start at the time in {@code
     * earlier}.
     */
    public ForecastTickFilter after(NewestForecastTicks earlier) {
        return new ForecastTickFilter(
                isStart ? earlier.othersFrom() : epochMillis, isStart, earlier);
    }

    /**
     * Whether a tick is forecast.
     *
     * @param series key of the series
     * @param tick its index
     * @param lastMilli its last millisecond
     */
    boolean includes(String series, long tick, long lastMilli) {
        long newest = done.newest(series);
        if (newest == NewestForecastTicks.UNKNOWN) {
            return lastMilli >= epochMillis && lastMilli >= done.othersFrom();
        }
        return tick > newest && (isStart || lastMilli >= epochMillis);
    }
}
