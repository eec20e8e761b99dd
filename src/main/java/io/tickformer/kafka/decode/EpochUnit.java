package io.tickformer.kafka.decode;

import io.tickformer.annotation.Internal;
import io.tickformer.monitoring.JobCounter;

/** The unit of a number that counts time since the Unix epoch. */
@Internal
public enum EpochUnit {
    SECONDS(1_000, 1, JobCounter.FIT_SECONDS),
    MILLIS(1, 1, JobCounter.FIT_MILLIS),
    MICROS(1, 1_000, JobCounter.FIT_MICROS),
    NANOS(1, 1_000_000, JobCounter.FIT_NANOS);

    private final long multiplier;
    private final long divisor;
    private final JobCounter fits;

    EpochUnit(long multiplier, long divisor, JobCounter fits) {
        this.multiplier = multiplier;
        this.divisor = divisor;
        this.fits = fits;
    }

    /** The counter of event times that would fit in this unit and not in the configured one. */
    JobCounter fits() {
        return fits;
    }

    /**
     * Milliseconds since the Unix epoch, rounded down.
     *
     * @throws ArithmeticException if they do not fit into 64 bits
     */
    long toMillis(long time) {
        return Math.floorDiv(Math.multiplyExact(time, multiplier), divisor);
    }

    /**
     * Milliseconds since the Unix epoch of a time with a fraction. The result is not finite if the
     * time is not.
     */
    double toMillis(double time) {
        return Math.floor(time * multiplier / divisor);
    }
}
