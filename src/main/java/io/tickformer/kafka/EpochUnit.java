package io.tickformer.kafka;

/** The unit of a number that counts time since the Unix epoch. */
public enum EpochUnit {
    SECONDS(1_000, 1),
    MILLIS(1, 1),
    MICROS(1, 1_000),
    NANOS(1, 1_000_000);

    private final long multiplier;
    private final long divisor;

    EpochUnit(long multiplier, long divisor) {
        this.multiplier = multiplier;
        this.divisor = divisor;
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
     * Milliseconds since the Unix epoch of a time with a fraction; not finite if the time is not.
     */
    double toMillis(double time) {
        return Math.floor(time * multiplier / divisor);
    }
}
