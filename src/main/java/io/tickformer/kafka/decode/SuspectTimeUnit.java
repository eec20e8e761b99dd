package io.tickformer.kafka.decode;

import java.util.Optional;

/**
 * An event time that lies many years from when its record was written, though it would not if its
 * number were in another unit.
 *
 * @param fitting the unit that fits
 * @param eventTimeMillis the event time as it was read, milliseconds since 1970; times that cannot
 *     be are the nearest that can
 * @param writtenMillis when the record was written, milliseconds since 1970
 */
record SuspectTimeUnit(EpochUnit fitting, long eventTimeMillis, long writtenMillis) {
    private static final double DAY = 86_400_000;

    /** Old data is read with good reason, and units are a thousandfold of each other. */
    private static final double FAR = 10 * 365 * DAY;

    private static final double NEAR = 2 * 365 * DAY;

    /**
     * The doubt about a time, if there is any.
     *
     * @param number the time as it stands in the record
     * @param unit the unit it is read in
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

    /** Whether a time is far enough from when its record was written to look closer. */
    static boolean isWorthALook(long eventTimeMillis, long writtenMillis) {
        return Math.abs((double) eventTimeMillis - writtenMillis) > FAR;
    }
}
