package io.tickformer.sql;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What has happened to a series since its state was written as a whole: readings and watermarks, in
 * order. The state of a series has some ten thousand bytes, and a reading changes few of them. So
 * the state is written when a tick has ended, and between two ends of ticks each event is appended
 * here. Who repeats the events on the state that was written has the state of now.
 *
 * <p>Binary form: events of a fixed size, each a watermark (long), an event time (long, {@link
 * #NO_READING} if only the watermark moved) and C values (double, NaN where there is none).
 */
final class SeriesJournal {
    /** The time of an event that has no reading. */
    static final long NO_READING = Long.MIN_VALUE;

    /** With so many events, the state is written as a whole again. */
    static final int MOST_EVENTS = 64;

    private final int channels;
    private byte[] events = {};

    /** Takes events in their order. */
    interface Player {
        /**
         * An event.
         *
         * @param values owned by the journal, and valid during the call
         */
        void play(long watermark, long timeMillis, double[] values);
    }

    SeriesJournal(int channels) {
        this.channels = channels;
    }

    private int eventBytes() {
        return 2 * Long.BYTES + channels * Double.BYTES;
    }

    void append(long watermark, long timeMillis, double[] values) {
        byte[] longer = Arrays.copyOf(events, events.length + eventBytes());
        ByteBuffer event = ByteBuffer.wrap(longer);
        event.position(events.length);
        event.putLong(watermark).putLong(timeMillis);
        for (int channel = 0; channel < channels; channel++) {
            event.putDouble(values[channel]);
        }
        events = longer;
    }

    boolean isFull() {
        return events.length >= MOST_EVENTS * eventBytes();
    }

    void clear() {
        events = new byte[0];
    }

    /** The events; not to be changed. */
    byte[] bytes() {
        return events;
    }

    /** Continues with events that were appended elsewhere, and repeats them. */
    void replay(byte[] written, Player player) {
        events = written;
        ByteBuffer event = ByteBuffer.wrap(written);
        double[] values = new double[channels];
        while (event.hasRemaining()) {
            long watermark = event.getLong();
            long timeMillis = event.getLong();
            for (int channel = 0; channel < channels; channel++) {
                values[channel] = event.getDouble();
            }
            player.play(watermark, timeMillis, values);
        }
    }
}
