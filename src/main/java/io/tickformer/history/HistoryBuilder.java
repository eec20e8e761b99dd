package io.tickformer.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes the observations of any number of series, interleaved in any order, and makes a {@link
 * History} of them. Memory stays bounded however many there are: what does not fit goes to a
 * temporary file.
 *
 * <p>Used by one thread, for one history. Closing it without having built one frees what it holds.
 */
public final class HistoryBuilder implements AutoCloseable {
    private final Spool spool;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<SeriesLog> logs = new ArrayList<>();
    private boolean built;

    /** A builder without a series. */
    public HistoryBuilder() {
        this(new Spool());
    }

    HistoryBuilder(Spool spool) {
        this.spool = spool;
    }

    /** The number of a series, a new one at first sight. */
    public int number(String series) {
        Integer known = numbers.get(series);
        if (known != null) {
            return known;
        }
        numbers.put(series, logs.size());
        logs.add(new SeriesLog(series, spool));
        return logs.size() - 1;
    }

    /**
     * Takes one observation.
     *
     * @param number of its series
     * @param eventTimeMillis milliseconds since the Unix epoch
     * @param value finite, or NaN where it is missing, which leaves no trace
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

    /** Takes one observation of a series by its key. */
    public void add(String series, long eventTimeMillis, double value) {
        add(number(series), eventTimeMillis, value);
    }

    /** Observations taken so far of a series. */
    public long observed(int number) {
        return logs.get(number).count();
    }

    /**
     * The history, which owns the temporary file from now on. Series without any observation are
     * left out.
     *
     * @param source where it comes from, for messages
     * @throws HistoryException if no series is left
     */
    public History build(String source) {
        Map<String, SeriesLog> byKey = new TreeMap<>();
        for (SeriesLog log : logs) {
            if (log.count() > 0) {
                byKey.put(log.summary().series(), log);
            }
        }
        History history = new History(source, new ArrayList<>(byKey.values()), spool);
        built = true;
        return history;
    }

    @Override
    public void close() {
        if (!built) {
            spool.close();
        }
    }
}
