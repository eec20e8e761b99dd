package io.tickformer.forecaster;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The timers of one series in memory. They fire in the order of their times; of several at one time
 * those of open ticks come first, then those of silence.
 *
 * <p>Binary form: of each kind the number of timers (int) and their times (long), ascending.
 *
 * <p>Mutable and not thread-safe.
 */
final class TimerQueue implements SeriesTimers {
    private final Times open = new Times();
    private final Times silence = new Times();
    private final Times expiry = new Times();

    /** A few distinct times in ascending order. */
    private static final class Times {
        private long[] times = new long[2];
        private int size;

        void add(long time) {
            int place = Arrays.binarySearch(times, 0, size, time);
            if (place >= 0) {
                return;
            }
            insert(-1 - place, time);
        }

        private void insert(int place, long time) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
            }
            System.arraycopy(times, place, times, place + 1, size - place);
            times[place] = time;
            size++;
        }

        /** The first time; {@link Long#MAX_VALUE} if there is none. */
        long first() {
            return size == 0 ? Long.MAX_VALUE : times[0];
        }

        /** Removes the first time if it is the given one. */
        boolean poll(long time) {
            if (size == 0 || times[0] != time) {
                return false;
            }
            size--;
            System.arraycopy(times, 1, times, 0, size);
            return true;
        }

        void writeTo(DataOutput out) throws IOException {
            out.writeInt(size);
            for (int i = 0; i < size; i++) {
                out.writeLong(times[i]);
            }
        }

        void readFrom(DataInput in) throws IOException {
            for (int count = in.readInt(); count > 0; count--) {
                add(in.readLong());
            }
        }
    }

    @Override
    public void openTicksAt(long time) {
        open.add(time);
    }

    @Override
    public void silenceAt(long time) {
        silence.add(time);
    }

    @Override
    public void expiryAt(long time) {
        expiry.add(time);
    }

    /** The time of the next timer; {@link Long#MAX_VALUE} for none. */
    long next() {
        return Math.min(open.first(), Math.min(silence.first(), expiry.first()));
    }

    /** Fires the timers up to a watermark, and those that they set up to it. */
    void fire(String series, long watermark, Handler handler) {
        while (!isEmpty() && next() <= watermark) {
            long time = next();
            if (open.poll(time)) {
                handler.onOpenTicksDue(series, time);
            } else if (silence.poll(time)) {
                handler.onSilenceDue(series, time);
            } else if (expiry.poll(time)) {
                handler.onExpiryDue(series, time);
            }
        }
    }

    boolean isEmpty() {
        return open.size + silence.size + expiry.size == 0;
    }

    void writeTo(DataOutput out) throws IOException {
        open.writeTo(out);
        silence.writeTo(out);
        expiry.writeTo(out);
    }

    void readFrom(DataInput in) throws IOException {
        open.readFrom(in);
        silence.readFrom(in);
        expiry.readFrom(in);
    }
}
