package io.tickformer.forecaster;

import io.tickformer.annotation.Public;
import io.tickformer.event.BinaryForm;
import io.tickformer.event.Forecast;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Forecasts many series in a program of any kind, without Flink and Kafka: load a model, push
 * readings, get forecasts.
 *
 * <pre>{@code
 * try (Forecaster forecaster = Forecaster.open(Path.of("model.onnx"))) {
 *     for (Reading reading : readings) {
 *         for (Forecast forecast :
 *                 forecaster.push(reading.meter(), reading.timeMillis(), reading.kilowatts())) {
 *             double median = forecast.quantile(0, forecast.horizon() / 2); // of the next tick
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>Ticks.</b> The model knows the length of a tick and how the readings of a tick become its
 * value. Each series has its own time, which its readings tell: a tick is over, and is forecast,
 * when a reading of a later tick comes, or one later than its end by the {@linkplain
 * ForecasterBuilder#outOfOrderness out-of-orderness} if that is set. {@link #advanceTo} says that
 * time has passed for all series, so that silent series end their ticks too. A reading of a tick
 * that is over revises it, and later forecasts see that. Readings that are older than the context
 * of the series, and those without a finite value, are dropped and counted.
 *
 * <p><b>Forecasts</b> are those of a job on the same readings: calibrated by where earlier values
 * fell in earlier forecasts, mixed with simple forecasts where these were better, and marked {@code
 * WARMING_UP} until the context is full. For the same reason they do not depend on any clock.
 *
 * <p><b>Cost.</b> A forecast computes what is new since the forecast before, and costs a fraction
 * of a call with the whole context. What is kept for that lies off heap in a cache of {@linkplain
 * ForecasterBuilder#cacheBytes bounded size}. Beside it a series takes some kilobytes of heap,
 * until it expires ({@link #advanceTo}) or is {@linkplain #remove removed}.
 *
 * <p><b>Threads.</b> Any thread may call any method at any time. Readings of one series are taken
 * one after the other, in the order of the calls. Series are divided among as many {@linkplain
 * ForecasterBuilder#lanes lanes} as may compute at the same time.
 *
 * <p><b>Restart.</b> {@link #save} writes the state of all series; {@link
 * ForecasterBuilder#restore} continues from it with the forecasts that would have followed.
 */
@Public
public final class Forecaster implements AutoCloseable {
    private final List<ForecasterLane> lanes;
    private final Channels channels;
    private final ForecastSpec spec;
    private final int maxSeries;
    private final AtomicInteger held;

    Forecaster(List<ForecasterLane> lanes, ForecastSpec spec, int maxSeries, AtomicInteger held) {
        this.lanes = List.copyOf(lanes);
        this.channels = Channels.of(spec);
        this.spec = spec;
        this.maxSeries = maxSeries;
        this.held = held;
    }

    /**
     * Opens a model with the default options.
     *
     * @param model an ONNX file that Tickformer has written, as {@code tickformer train} does
     * @throws IOException if the file cannot be read
     * @throws io.tickformer.inference.runtime.InferenceException if the model does not work
     */
    public static Forecaster open(Path model) throws IOException {
        return builder(model).build();
    }

    /**
     * Begins to set options.
     *
     * @param model an ONNX file
     * @throws IOException if the file cannot be read
     */
    public static ForecasterBuilder builder(Path model) throws IOException {
        if (!Files.isRegularFile(model)) {
            throw new NoSuchFileException(
                    model.toString(), null, "there is no such file; expected an ONNX model");
        }
        return new ForecasterBuilder(Files.readAllBytes(model));
    }

    /**
     * Begins to set options.
     *
     * @param onnx the bytes of an ONNX file
     */
    public static ForecasterBuilder builder(byte[] onnx) {
        return new ForecasterBuilder(onnx.clone());
    }

    /**
     * Takes a reading.
     *
     * @param series the series key, which its forecasts carry. If the model forecasts several
     *     channels of a record together, {@code KEY/channel}
     * @param timeMillis event time in milliseconds since the Unix epoch
     * @param value the measured value. One that is NaN or infinite is dropped and {@linkplain
     *     #droppedReadings counted}
     * @return the forecasts of the ticks of this series that are over now, in order; most often
     *     none or one
     * @throws IllegalArgumentException if the model has channels and the series is none of them
     * @throws IllegalStateException if the series is new and there is no room for it, or if this is
     *     closed
     */
    public List<Forecast> push(String series, long timeMillis, double value) {
        String key = channels.keyOf(series);
        int channel = channels.isNone() ? 0 : channels.channelOf(series);
        return lane(key).push(key, channel, timeMillis, value);
    }

    private ForecasterLane lane(String key) {
        return lanes.get(Math.floorMod(key.hashCode(), lanes.size()));
    }

    /**
     * Says that no reading before or at a time is expected any more, of any series. Ends the ticks
     * up to it, and forgets series that have been silent for longer than the model looks back.
     *
     * @param timeMillis event time in milliseconds since the Unix epoch; {@link Long#MAX_VALUE}
     *     ends all ticks, and all series
     * @return the forecasts of the ticks that ended, ordered by series key and tick
     * @throws IllegalStateException if this is closed
     */
    public List<Forecast> advanceTo(long timeMillis) {
        List<Forecast> all = new ArrayList<>();
        for (ForecasterLane lane : lanes) {
            all.addAll(lane.advanceTo(timeMillis));
        }
        all.sort(Comparator.comparing(Forecast::series)); // Stable: ticks stay in order.
        return all;
    }

    /**
     * Forgets a series. Its next reading begins it anew.
     *
     * @param series as given to {@link #push}; with channels, all of its record is forgotten
     * @return whether it was known
     */
    public boolean remove(String series) {
        String key = channels.keyOf(series);
        return lane(key).remove(key);
    }

    /** The number of series with state; with channels, of records. */
    public int size() {
        return held.get();
    }

    /** The limit of {@link #size}; 0 for none. */
    public int maxSeries() {
        return maxSeries;
    }

    /** The model's spec: length and meaning of a tick, context, horizon, quantile levels. */
    public ForecastSpec spec() {
        return spec;
    }

    /** Readings that came too late: they were older than the context of their series. */
    public long lateReadings() {
        return lanes.stream().mapToLong(ForecasterLane::lateReadings).sum();
    }

    /** Readings without a finite value, or with a time beyond the year 9999. */
    public long droppedReadings() {
        return lanes.stream().mapToLong(ForecasterLane::droppedReadings).sum();
    }

    /** What the cache holds and how often it was hit. */
    public CacheStatistics cache() {
        CacheStatistics sum = CacheStatistics.NONE;
        for (ForecasterLane lane : lanes) {
            sum = sum.plus(lane.cache());
        }
        return sum;
    }

    /**
     * Writes the state of all series, which {@link ForecasterBuilder#restore} reads. While a lane
     * is written, its series wait.
     *
     * @throws IllegalStateException if this is closed
     */
    public void save(OutputStream to) throws IOException {
        Map<String, byte[]> states = new TreeMap<>();
        for (ForecasterLane lane : lanes) {
            lane.save(states);
        }
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to));
        form().write(states, out);
        out.flush();
    }

    /**
     * Binary form, version 1: version (byte), number of series (int), and for each, in the order of
     * their keys, its key (modified UTF-8), the number of bytes of its state (int), and these: the
     * binary form of {@link SeriesForecaster}.
     */
    private static BinaryForm<Map<String, byte[]>> form() {
        return new BinaryForm<>(
                "the saved state of a forecaster",
                (states, out) -> {
                    out.writeInt(states.size());
                    for (Map.Entry<String, byte[]> state : states.entrySet()) {
                        out.writeUTF(state.getKey());
                        out.writeInt(state.getValue().length);
                        out.write(state.getValue());
                    }
                },
                in -> {
                    Map<String, byte[]> states = new TreeMap<>();
                    for (int count = in.readInt(); count > 0; count--) {
                        String key = in.readUTF();
                        byte[] state = new byte[in.readInt()];
                        in.readFully(state);
                        states.put(key, state);
                    }
                    return states;
                });
    }

    /** Reads what {@link #save} wrote, into a forecaster without series. */
    void restore(InputStream from) throws IOException {
        Map<String, byte[]> states =
                form().read(new DataInputStream(new BufferedInputStream(from)));
        for (Map.Entry<String, byte[]> state : states.entrySet()) {
            lane(state.getKey()).restore(state.getKey(), state.getValue());
        }
    }

    /** Releases the model and the cache. Closing again does nothing. */
    @Override
    public void close() {
        lanes.forEach(ForecasterLane::close);
    }
}
