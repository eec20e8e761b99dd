package io.tickformer.forecaster;

import io.tickformer.event.Forecast;
import io.tickformer.inference.window.CacheStatistics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * A share of the series of a {@link Forecaster}, which one thread at a time may use: an engine with
 * its part of the cache, and the series by key. Every method takes the lock of the lane.
 */
final class ForecasterLane implements AutoCloseable {
    private final SeriesEngine engine;
    private final LongSupplier latest;
    private final long outOfOrdernessMillis;
    private final int maxSeries;

    /** The series of all lanes. */
    private final AtomicInteger held;

    private final Map<String, SeriesForecaster> series = new LinkedHashMap<>();

    /** The time that all series have reached. */
    private long time = Long.MIN_VALUE;

    /** Of series that are gone. */
    private long lateReadings;

    private long droppedReadings;
    private boolean isClosed;

    /**
     * @param engine closed with this
     * @param latest returns the latest event time of a reading, in milliseconds
     * @param maxSeries limit of all lanes together; 0 for none
     * @param held the number of series of all lanes, counted here
     */
    ForecasterLane(SeriesEngine engine, LongSupplier latest, int maxSeries, AtomicInteger held) {
        this.engine = engine;
        this.latest = latest;
        this.outOfOrdernessMillis = engine.options().outOfOrderness().toMillis();
        this.maxSeries = maxSeries;
        this.held = held;
    }

    synchronized List<Forecast> push(String key, int channel, long timeMillis, double value) {
        requireOpen();
        if (!SeriesForecaster.isReading(timeMillis, value) || timeMillis > latest.getAsLong()) {
            droppedReadings++;
            return List.of();
        }
        SeriesForecaster of = series.get(key);
        if (of == null) {
            of = begin(key, new SeriesForecaster(key, engine));
            of.advanceTo(time);
        }
        List<Forecast> atOnce = of.observe(timeMillis, channel, value);
        // As a source does for a partition of this series alone.
        List<Forecast> ended = of.advanceTo(timeMillis - outOfOrdernessMillis - 1);
        drop(key, of);
        return joined(atOnce, ended);
    }

    private SeriesForecaster begin(String key, SeriesForecaster begun) {
        if (maxSeries > 0 && held.incrementAndGet() > maxSeries) {
            held.decrementAndGet();
            throw new IllegalStateException(
                    ("series %s would be one more than maxSeries, %d; expected a series that is"
                                    + " known: raise maxSeries, remove series, or call advanceTo,"
                                    + " which forgets silent ones")
                            .formatted(key, maxSeries));
        }
        if (maxSeries == 0) {
            held.incrementAndGet();
        }
        series.put(key, begun);
        return begun;
    }

    /** Drops a series that has expired. */
    private boolean drop(String key, SeriesForecaster of) {
        if (!of.isEmpty()) {
            return false;
        }
        series.remove(key);
        forget(of);
        return true;
    }

    private void forget(SeriesForecaster gone) {
        held.decrementAndGet();
        gone.release();
        lateReadings += gone.lateReadings();
        droppedReadings += gone.droppedReadings();
    }

    private static List<Forecast> joined(List<Forecast> first, List<Forecast> second) {
        if (first.isEmpty()) {
            return second;
        }
        List<Forecast> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    synchronized List<Forecast> advanceTo(long timeMillis) {
        requireOpen();
        time = Math.max(time, timeMillis);
        List<Forecast> all = new ArrayList<>();
        Iterator<SeriesForecaster> each = series.values().iterator();
        while (each.hasNext()) {
            SeriesForecaster of = each.next();
            all.addAll(of.advanceTo(timeMillis));
            if (of.isEmpty()) {
                each.remove();
                forget(of);
            }
        }
        return all;
    }

    synchronized boolean remove(String key) {
        requireOpen();
        SeriesForecaster gone = series.remove(key);
        if (gone != null) {
            forget(gone);
        }
        return gone != null;
    }

    synchronized void save(Map<String, byte[]> states) throws IOException {
        requireOpen();
        for (Map.Entry<String, SeriesForecaster> each : series.entrySet()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            each.getValue().writeTo(new DataOutputStream(bytes));
            states.put(each.getKey(), bytes.toByteArray());
        }
    }

    synchronized void restore(String key, byte[] state) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
        begin(key, SeriesForecaster.readFrom(in, key, engine));
    }

    synchronized long lateReadings() {
        return lateReadings
                + series.values().stream().mapToLong(SeriesForecaster::lateReadings).sum();
    }

    synchronized long droppedReadings() {
        return droppedReadings
                + series.values().stream().mapToLong(SeriesForecaster::droppedReadings).sum();
    }

    synchronized CacheStatistics cache() {
        requireOpen();
        return engine.cache();
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the forecaster is closed; expected an open one");
        }
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            engine.close();
        }
    }
}
