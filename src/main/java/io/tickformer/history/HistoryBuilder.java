package io.tickformer.history;

import io.tickformer.annotation.Public;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds a {@link History} from the observations of any number of series in any order. Memory is
 * bounded: what does not fit goes to a temporary file.
 *
 * <p>For one thread and one history. Closing it without a build frees its resources.
 */
@Public
public final class HistoryBuilder implements AutoCloseable {
    private final SpillBuffer buffer;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<SeriesLog> logs = new ArrayList<>();
    private boolean built;

    /** An empty builder. */
    public HistoryBuilder() {
        this(new SpillBuffer());
    }

    HistoryBuilder(SpillBuffer buffer) {
        this.buffer = buffer;
    }

    /** The number of a series; a new series gets the next number. */
    public int number(String series) {
        Integer known = numbers.get(series);
        if (known != null) {
            return known;
        }
        numbers.put(series, logs.size());
        logs.add(new SeriesLog(series, buffer));
        return logs.size() - 1;
    }

    /**
     * Adds one observation.
     *
     * @param number of its series
     * @param eventTimeMillis milliseconds since the Unix epoch
     * @param value finite, or NaN for a missing value, which is ignored
     * @throws java.io.UncheckedIOException if the temporary file cannot be written
     */
    public void add(int number, long eventTimeMillis, double value) {
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "series %s has the value %s; expected a finite number or NaN"
                            .formatted(logs.get(number).summary().series(), value));
        }
        if (!Double.isNaN(value)) {
            logs.get(number).add(eventTimeMillis, value);
        }
    }

    /** Adds one observation of a series by its key. */
    public void add(String series, long eventTimeMillis, double value) {
        add(number(series), eventTimeMillis, value);
    }

    /** Number of observations of a series so far. */
    public long observed(int number) {
        return logs.get(number).count();
    }

    /**
     * Builds the history, which owns the temporary file from now on. Series without observations
     * are left out.
     *
     * @param source name of the source, for messages
     * @throws HistoryException if no series is left
     */
    public History build(String source) {
        Map<String, SeriesLog> byKey = new TreeMap<>();
        for (SeriesLog log : logs) {
            if (log.count() > 0) {
                byKey.put(log.summary().series(), log);
            }
        }
        History history = new History(source, new ArrayList<>(byKey.values()), buffer);
        built = true;
        return history;
    }

    @Override
    public void close() {
        if (!built) {
            buffer.close();
        }
    }
}
