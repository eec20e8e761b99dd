package io.tickformer.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The observations of one tick so far. Serving and training both aggregate here, so that a tick has
 * the same value on either side, bit for bit where the observations arrive in the same order.
 *
 * <p>It keeps what every {@link TickAggregate} needs, so that its binary form does not depend on
 * the choice. Mutable and not thread-safe: it changes once an observation.
 */
public final class TickAccumulator {
    private static final byte FORMAT_VERSION = 1;

    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long lastTimeMillis = Long.MIN_VALUE;
    private double last;

    /** Takes one observation of the tick; its value is finite. */
    public void add(long eventTimeMillis, double value) {
        count++;
        sum = bounded(sum + value);
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (eventTimeMillis >= lastTimeMillis) {
            lastTimeMillis = eventTimeMillis;
            last = value;
        }
    }

    /** Takes the observations of another accumulator, as if they had arrived after its own. */
    public void add(TickAccumulator other) {
        count += other.count;
        sum = bounded(sum + other.sum);
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        if (other.count > 0 && other.lastTimeMillis >= lastTimeMillis) {
            lastTimeMillis = other.lastTimeMillis;
            last = other.last;
        }
    }

    /** Observations near the largest number must not add up to infinity: a tick is finite. */
    private static double bounded(double sum) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, sum));
    }

    /** Whether there is no observation yet: the tick is missing. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Forgets every observation. */
    public void clear() {
        count = 0;
        sum = 0;
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
        lastTimeMillis = Long.MIN_VALUE;
        last = 0;
    }

    /**
     * The tick's value, finite.
     *
     * @throws IllegalStateException if there is no observation
     */
    public double value(TickAggregate aggregate) {
        if (count == 0) {
            throw new IllegalStateException("the tick has no observation; it is missing");
        }
        return switch (aggregate) {
            case MEAN -> sum / count;
            case SUM -> sum;
            case LAST -> last;
            case MIN -> min;
            case MAX -> max;
            case COUNT -> count;
        };
    }

    /**
     * Writes the binary form, big-endian: version (byte 1), count (long), sum, min, max (double),
     * time of the last (long), last (double).
     */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT_VERSION);
        out.writeLong(count);
        out.writeDouble(sum);
        out.writeDouble(min);
        out.writeDouble(max);
        out.writeLong(lastTimeMillis);
        out.writeDouble(last);
    }

    /**
     * Reads the binary form.
     *
     * @throws UnknownFormatException if the version is unknown
     * @throws IOException if the bytes end early
     */
    public static TickAccumulator readFrom(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != FORMAT_VERSION) {
            throw new UnknownFormatException(
                    ("the observations of a tick have format version %d; expected %d: they were"
                                    + " written by another release")
                            .formatted(version, FORMAT_VERSION));
        }
        TickAccumulator accumulator = new TickAccumulator();
        accumulator.count = in.readLong();
        accumulator.sum = in.readDouble();
        accumulator.min = in.readDouble();
        accumulator.max = in.readDouble();
        accumulator.lastTimeMillis = in.readLong();
        accumulator.last = in.readDouble();
        return accumulator;
    }
}
