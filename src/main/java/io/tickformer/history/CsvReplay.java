package io.tickformer.history;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A wide CSV file as a stream of observations in the order of event time, then of columns. Reads
 * row by row and holds one row. Missing values yield no observation.
 */
@Internal
public final class CsvReplay implements Iterator<Observation>, AutoCloseable {
    private final CsvRows rows;
    private int column;
    private boolean ended;

    /**
     * Opens the file and determines its columns.
     *
     * @throws HistoryException if a column is missing, none is numeric, or the file is in long form
     * @throws IOException if the file cannot be read
     */
    public CsvReplay(Path file, CsvOptions options) throws IOException {
        this.rows = wide(file, options);
        this.column = rows.columns().size();
    }

    /**
     * Counts the rows of a file. Reads the whole file, so that mistakes on its last line are found.
     *
     * @throws HistoryException in the cases of opening and reading
     * @throws IOException if the file cannot be read
     */
    public static long countRows(Path file, CsvOptions options) throws IOException {
        try (CsvRows rows = wide(file, options)) {
            long count = 0;
            while (rows.advance()) {
                count++;
            }
            return count;
        }
    }

    private static CsvRows wide(Path file, CsvOptions options) throws IOException {
        CsvRows rows = new CsvRows(file, options, true);
        if (rows.isLong()) {
            rows.close();
            throw new HistoryException(
                    file
                            + ": this is a long table with a column of series keys; a replay needs"
                            + " a wide table with one column per series");
        }
        return rows;
    }

    /** Keys of the series, in the order of the columns. */
    public List<String> series() {
        return rows.columns();
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
        String key = rows.columns().get(column);
        return new Observation(key, rows.eventTimeMillis(), rows.values()[column++]);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
