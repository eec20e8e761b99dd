package io.tickformer.kafka.decode;

import java.util.Optional;

/**
 * An event time that is many years away from the time its record was written, while its number in
 * another time unit would be close to it.
 *
 * @param fitting the unit that fits
 * @param eventTimeMillis the event time in the configured unit, milliseconds since 1970, limited to
 *     the valid range
 * @param writtenMillis when the record was written, milliseconds since 1970
 */
record SuspectTimeUnit(EpochUnit fitting, long eventTimeMillis, long writtenMillis) {
    private static final double DAY = 86_400_000;

    /** Old data may be years old, and time units differ by factors of a thousand. */
    private static final double FAR = 10 * 365 * DAY;

    private static final double NEAR = 2 * 365 * DAY;

    /**
     * Checks a time; empty if there is nothing suspect.
     *
     * @param number the time as it is in the record
     * @param unit the configured unit
     * @param writtenMillis when the record was written
     */
    static Optional<SuspectTimeUnit> about(double number, EpochUnit unit, long writtenMillis) {
        double read = unit.toMillis(number);
        if (Math.abs(read - writtenMillis) > FAR) {
            for (EpochUnit other : EpochUnit.values()) {
                if (Math.abs(other.toMillis(number) - writtenMillis) < NEAR) {
                    long possible = (long) Math.max(0, Math.min(read, EventTimeParser.LATEST));
                    return Optional.of(new SuspectTimeUnit(other, possible, writtenMillis));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns whether a time is far enough from the time its record was written to be checked
     * closer.
     */
    static boolean isWorthALook(long eventTimeMillis, long writtenMillis) {
        return Math.abs((double) eventTimeMillis - writtenMillis) > FAR;
    }
}
