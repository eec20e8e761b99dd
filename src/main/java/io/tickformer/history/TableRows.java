package io.tickformer.history;

import java.io.IOException;
import java.util.List;

/** The selected rows of a table in order. Every cell is checked when it is read. */
interface TableRows extends AutoCloseable {
    /** Whether the table is in long form: each row contains its series key. */
    boolean isLong();

    /** Names of the columns of values, in the order of {@link #values()}. */
    List<String> columns();

    /**
     * Moves to the next selected row.
     *
     * @return whether there is one
     * @throws HistoryException if it cannot be read, or if the table has none of the selected rows
     */
    boolean advance();

    /** The series key of the row, in a long table. */
    String key();

    /** Event time of the row, in milliseconds since the Unix epoch. */
    long eventTimeMillis();

    /** The values of the row, NaN if missing; overwritten by the next row. */
    double[] values();

    /** Position of the row in the units of the table: the line number in a text file. */
    long line();

    /** The unit of {@link #line}, in the plural. */
    String lines();

    @Override
    void close() throws IOException;
}
