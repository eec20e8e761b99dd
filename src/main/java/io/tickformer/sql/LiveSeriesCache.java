package io.tickformer.sql;

import io.tickformer.annotation.Nullable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The series that were used last, in memory. It holds at most a number of bytes, and at least one
 * series. It is no state: a series that is not in it is read from the state.
 *
 * <p>Not thread-safe.
 */
final class LiveSeriesCache {
    private final long mostBytes;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Entry(LiveSeries series, int bytes) {}

    LiveSeriesCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** The series of a key; null if it is not here. */
    @Nullable
    LiveSeries get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.series();
    }

    /** Keeps a series that was used, with the size that it has by now. */
    void put(LiveSeries series) {
        Entry before = entries.put(series.key(), new Entry(series, series.bytes()));
        bytes += series.bytes() - (before == null ? 0 : before.bytes());
        Iterator<Entry> oldest = entries.values().iterator();
        while (bytes > mostBytes && entries.size() > 1) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    /** Drops a series. */
    void remove(String key) {
        Entry removed = entries.remove(key);
        if (removed != null) {
            bytes -= removed.bytes();
            removed.series().release();
        }
    }

    int size() {
        return entries.size();
    }
}
