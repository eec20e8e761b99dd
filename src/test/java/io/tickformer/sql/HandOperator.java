package io.tickformer.sql;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.TableSemantics;

/**
 * What Flink's operator does for a function, by hand: the state of each key, timers, and the
 * watermark.
 */
final class HandOperator implements ProcessTableFunction.Context {
    private final Map<String, MapView<String, byte[]>> states = new HashMap<>();
    private final TreeMap<Long, TreeSet<String>> timers = new TreeMap<>();
    private final List<Forecast> forecasts = new ArrayList<>();
    private String key;
    private long time;
    private long watermark = Long.MIN_VALUE;
    private int written;

    /** Passes a reading to the function. */
    void row(TableSeries series, Observation reading) throws Exception {
        key = reading.series();
        time = reading.eventTimeMillis();
        Double value = Double.isNaN(reading.value()) ? null : reading.value();
        forecasts.addAll(
                series.row(this, state(), GenericRowData.of(StringData.fromString(key), value)));
    }

    /** Advances the watermark and fires the timers up to it. */
    void advanceTo(TableSeries series, long newWatermark) throws Exception {
        watermark = newWatermark;
        while (!timers.isEmpty() && timers.firstKey() <= watermark) {
            Map.Entry<Long, TreeSet<String>> due = timers.pollFirstEntry();
            for (String each : due.getValue()) {
                key = each;
                time = due.getKey();
                forecasts.addAll(series.timer(this, state()));
            }
        }
    }

    private MapView<String, byte[]> state() {
        return states.computeIfAbsent(
                key,
                absent ->
                        new MapView<>() {
                            @Override
                            public void put(String name, byte[] value) throws Exception {
                                written += value.length;
                                super.put(name, value);
                            }
                        });
    }

    /** The keys that have state. */
    List<String> keysWithState() {
        return states.entrySet().stream()
                .filter(each -> !each.getValue().getMap().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Deletes the state of a key, as Flink does when its time to live is over. */
    void forget(String name) {
        states.remove(name);
    }

    /** All forecasts so far. */
    List<Forecast> forecasts() {
        return forecasts;
    }

    /** Bytes that were written to the state so far. */
    int written() {
        return written;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> ProcessTableFunction.TimeContext<T> timeContext(Class<T> conversionClass) {
        return (ProcessTableFunction.TimeContext<T>) new HandTime();
    }

    private final class HandTime implements ProcessTableFunction.TimeContext<Long> {
        @Override
        public Long time() {
            return time;
        }

        @Override
        public Long tableWatermark() {
            return currentWatermark();
        }

        @Override
        public Long currentWatermark() {
            return watermark == Long.MIN_VALUE ? null : watermark;
        }

        @Override
        public void registerOnTime(String name, Long at) {
            throw new UnsupportedOperationException("named timers are not used");
        }

        @Override
        public void registerOnTime(Long at) {
            timers.computeIfAbsent(at, absent -> new TreeSet<>()).add(key);
        }

        @Override
        public void clearTimer(String name) {
            throw new UnsupportedOperationException("named timers are not used");
        }

        @Override
        public void clearTimer(Long at) {
            throw new UnsupportedOperationException("timers are not cleared");
        }

        @Override
        public void clearAllTimers() {
            throw new UnsupportedOperationException("timers are not cleared");
        }
    }

    @Override
    public TableSemantics tableSemanticsFor(String name) {
        throw new UnsupportedOperationException("the planner has said it");
    }

    @Override
    public void clearState(String name) {
        throw new UnsupportedOperationException("entries are removed from the state");
    }

    @Override
    public void clearAllState() {
        throw new UnsupportedOperationException("entries are removed from the state");
    }

    @Override
    public void clearAllTimers() {
        throw new UnsupportedOperationException("timers are not cleared");
    }

    @Override
    public void clearAll() {
        throw new UnsupportedOperationException("entries are removed from the state");
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }
}
