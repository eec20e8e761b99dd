package io.tickformer.sql;

import io.tickformer.event.BinaryForm;
import io.tickformer.event.Forecast;
import io.tickformer.forecaster.SeriesEngine;
import io.tickformer.forecaster.SeriesForecaster;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.api.dataview.MapView;

/**
 * A series in memory, and its form in Flink's keyed state.
 *
 * <p>The state has two entries: {@value #WHOLE}, the state as it was when a tick ended, and {@value
 * #SINCE}, the series key and what has happened {@linkplain SeriesJournal since}. Every call of the
 * function leaves both up to date, because Flink announces no checkpoint to a function.
 */
final class LiveSeries {
    private static final String WHOLE = "whole";
    private static final String SINCE = "since";

    /** Of a series whose state was not written as a whole yet: some objects and arrays. */
    private static final int LEAST_BYTES = 1_024;

    private final SeriesForecaster forecaster;
    private final int channels;
    private final SeriesJournal journal;
    private long newestReading = Long.MIN_VALUE;
    private long timer = Long.MIN_VALUE;
    private int wholeBytes;

    /**
     * The second entry.
     *
     * @param isWhole whether there is a first entry
     * @param newestReading newest event time of a reading
     */
    private record Since(String key, boolean isWhole, long newestReading, byte[] events) {
        private static final BinaryForm<Since> FORM =
                new BinaryForm<>("the journal of a series", Since::write, Since::read1);

        private void write(DataOutput out) throws IOException {
            out.writeUTF(key);
            out.writeBoolean(isWhole);
            out.writeLong(newestReading);
            out.writeInt(events.length);
            out.write(events);
        }

        private static Since read1(DataInput in) throws IOException {
            String key = in.readUTF();
            boolean isWhole = in.readBoolean();
            long newestReading = in.readLong();
            byte[] events = new byte[in.readInt()];
            in.readFully(events);
            return new Since(key, isWhole, newestReading, events);
        }
    }

    private LiveSeries(SeriesForecaster forecaster, int channels) {
        this.forecaster = forecaster;
        this.channels = channels;
        this.journal = new SeriesJournal(channels);
    }

    /** Begins a series. */
    static LiveSeries begin(String key, SeriesEngine engine) {
        return new LiveSeries(new SeriesForecaster(key, engine), engine.spec().channelCount());
    }

    /** Whether the state has a series. */
    static boolean isIn(MapView<String, byte[]> state) throws Exception {
        return state.contains(SINCE);
    }

    /** The series key in the state. */
    static String key(MapView<String, byte[]> state) throws Exception {
        return since(state).key();
    }

    /** Continues the series that the state has. */
    static LiveSeries read(MapView<String, byte[]> state, SeriesEngine engine) throws Exception {
        Since since = since(state);
        byte[] whole = since.isWhole() ? state.get(WHOLE) : null;
        LiveSeries series = begin(since.key(), engine);
        if (whole != null) {
            SeriesForecaster read =
                    SeriesForecaster.readFrom(
                            new DataInputDeserializer(whole), since.key(), engine);
            series = new LiveSeries(read, engine.spec().channelCount());
            series.wholeBytes = whole.length;
        }
        series.newestReading = since.newestReading();
        series.journal.replay(since.events(), series::play);
        return series;
    }

    private static Since since(MapView<String, byte[]> state) throws Exception {
        return Since.FORM.read(new DataInputDeserializer(state.get(SINCE)));
    }

    /**
     * Takes the values of a row.
     *
     * @param watermark of the stream; {@link Long#MIN_VALUE} if there is none yet
     * @param values one per channel, NaN where there is none
     * @return the forecasts of the ticks that ended
     */
    List<Forecast> observe(long watermark, long timeMillis, double[] values) {
        journal.append(watermark, timeMillis, values);
        newestReading = Math.max(newestReading, timeMillis);
        return play(watermark, timeMillis, values);
    }

    /**
     * Ends the ticks up to a watermark.
     *
     * @return their forecasts
     */
    List<Forecast> advanceTo(long watermark) {
        double[] none = new double[channels];
        journal.append(watermark, SeriesJournal.NO_READING, none);
        return play(watermark, SeriesJournal.NO_READING, none);
    }

    private List<Forecast> play(long watermark, long timeMillis, double[] values) {
        List<Forecast> forecasts = forecaster.advanceTo(watermark);
        if (timeMillis == SeriesJournal.NO_READING) {
            return forecasts;
        }
        List<Forecast> all = forecasts;
        for (int channel = 0; channel < channels; channel++) {
            if (!Double.isNaN(values[channel])) {
                List<Forecast> more = forecaster.observe(timeMillis, channel, values[channel]);
                if (!more.isEmpty()) {
                    all = new ArrayList<>(all);
                    all.addAll(more);
                }
            }
        }
        return all;
    }

    /**
     * Writes what has changed.
     *
     * @param tickEnded whether a tick has ended since the last write
     */
    void writeTo(MapView<String, byte[]> state, boolean tickEnded) throws Exception {
        if (forecaster.isEmpty()) {
            state.clear();
            return;
        }
        if (tickEnded || journal.isFull()) {
            DataOutputSerializer whole = new DataOutputSerializer(wholeBytes + LEAST_BYTES);
            forecaster.writeTo(whole);
            wholeBytes = whole.length();
            state.put(WHOLE, whole.getCopyOfBuffer());
            journal.clear();
        }
        Since since =
                new Since(forecaster.series(), wholeBytes > 0, newestReading, journal.bytes());
        DataOutputSerializer bytes = new DataOutputSerializer(LEAST_BYTES);
        Since.FORM.write(since, bytes);
        state.put(SINCE, bytes.getCopyOfBuffer());
    }

    /** Drops what is cached of the series. */
    void release() {
        forecaster.release();
    }

    String key() {
        return forecaster.series();
    }

    /** Whether the series has expired. */
    boolean isEmpty() {
        return forecaster.isEmpty();
    }

    /** Whether the series is apart from the watermark. */
    boolean hasOpenTicks() {
        return forecaster.hasOpenTicks();
    }

    /** The newest event time of a reading. */
    long newestReading() {
        return newestReading;
    }

    /** The watermark at which {@link #advanceTo} has something to do; the largest for none. */
    long nextTimeMillis() {
        return forecaster.nextTimeMillis();
    }

    /** Notes the time of the series' timer, and returns whether it is another one than before. */
    boolean isNewTimer(long time) {
        boolean isNew = time != timer;
        timer = time;
        return isNew;
    }

    /** Readings that were too late, since the series is in memory. */
    long lateReadings() {
        return forecaster.lateReadings();
    }

    /** About the bytes it takes in memory. */
    int bytes() {
        return wholeBytes + LEAST_BYTES;
    }
}
