package io.tickformer.history;

import io.tickformer.event.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A wide CSV file as a stream of observations in the order of event time; at one time, in the order
 * of the columns. It reads as it goes and holds one row. Missing values give no observation.
 */
public final class CsvReplay implements Iterator<Observation>, AutoCloseable {
    private final CsvRows rows;
    private int column;
    private boolean ended;

    /**
     * Opens the file and decides on its columns.
     *
     * @throws HistoryException if a column is missing, or none is numeric
     * @throws IOException if the file cannot be read
     */
    public CsvReplay(Path file, CsvOptions options) throws IOException {
        this.rows = new CsvRows(file, options);
        this.column = rows.series().size();
    }

    /** Keys of the series, in the order of the columns. */
    public List<String> series() {
        return rows.series();
    }

    /**
     * Whether another observation follows.
     *
     * @throws HistoryException if the next row cannot be read
     */
    @Override
    public boolean hasNext() {
        while (!ended) {
            for (; column < rows.values().length; column++) {
                if (!Double.isNaN(rows.values()[column])) {
                    return true;
                }
            }
            ended = !rows.advance();
            column = 0;
        }
        return false;
    }

    @Override
    public Observation next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the file has no further observation");
        }
        String key = rows.series().get(column);
        return new Observation(key, rows.eventTimeMillis(), rows.values()[column++]);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
