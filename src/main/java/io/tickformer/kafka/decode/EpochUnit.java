package io.tickformer.kafka.decode;

import io.tickformer.annotation.Internal;
import io.tickformer.monitoring.JobCount;

/** The unit of a number that counts time since the Unix epoch. */
@Internal
public enum EpochUnit {
    SECONDS(1_000, 1, JobCount.FIT_SECONDS),
    MILLIS(1, 1, JobCount.FIT_MILLIS),
    MICROS(1, 1_000, JobCount.FIT_MICROS),
    NANOS(1, 1_000_000, JobCount.FIT_NANOS);

    private final long multiplier;
    private final long divisor;
    private final JobCount fits;

    EpochUnit(long multiplier, long divisor, JobCount fits) {
        this.multiplier = multiplier;
        this.divisor = divisor;
        this.fits = fits;
    }

    /** The counter of event times that would fit in this unit and not in the configured one. */
    JobCount fits() {
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
