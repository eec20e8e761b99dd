package io.tickformer.history;

import java.io.IOException;
import java.util.List;

/** The chosen rows of a table, one after the other. Every cell is checked as it is read. */
interface TableRows extends AutoCloseable {
    /** Whether each row names the series that it speaks of. */
    boolean isLong();

    /** Names of the columns of values, in the order of {@link #values()}. */
    List<String> columns();

    /**
     * Moves to the next chosen row.
     *
     * @return whether there is one
     * @throws HistoryException if it cannot be read, or if the table holds none of the chosen rows
     */
    boolean advance();

    /** The row's series key, where the table is long. */
    String key();

    /** Event time of the row, in milliseconds since the Unix epoch. */
    long eventTimeMillis();

    /** The row's values, NaN where missing; overwritten by the next row. */
    double[] values();

    /** Place of the row, as the table counts: the line of a file of text. */
    long line();

    /** What {@link #line} counts, in the plural. */
    String lines();

    @Override
    void close() throws IOException;
}
