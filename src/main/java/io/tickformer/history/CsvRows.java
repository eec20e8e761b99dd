package io.tickformer.history;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;

/**
 * The chosen rows of a wide CSV file, one after the other: event time and values. Every cell is
 * checked; event times may stay but not go back.
 */
final class CsvRows implements AutoCloseable {
    private final Path file;
    private final CsvColumns columns;
    private final RowRange rows;
    private final CsvSource source;
    private final double[] values;
    private TimeFormat format;
    private long row;
    private long line;
    private long eventTimeMillis;
    private String timeCell;
    private boolean any;

    CsvRows(Path file, CsvOptions options) throws IOException {
        this.file = file;
        this.columns = CsvColumns.of(file, options);
        this.rows = options.rows();
        this.source = new CsvSource(file);
        this.values = new double[columns.positions().length];
    }

    /** Names of the series, in the order of {@link #values()}. */
    List<String> series() {
        return columns.series();
    }

    /**
     * Moves to the next chosen row.
     *
     * @return whether there is one
     * @throws HistoryException if it cannot be read, or if the file holds none of the chosen rows
     */
    boolean advance() {
        while (row < rows.end()) {
            Optional<CsvRecord> record = source.next();
            if (record.isEmpty()) {
                break;
            }
            if (row++ >= rows.first()) {
                take(record.get());
                any = true;
                return true;
            }
        }
        if (!any) {
            throw new HistoryException(
                    row == 0
                            ? file + ": no rows after the header"
                            : "%s: rows %s asked for; the file has %d".formatted(file, rows, row));
        }
        return false;
    }

    /** Line of the row in the file. */
    long line() {
        return line;
    }

    /** Event time of the row, in milliseconds since the Unix epoch. */
    long eventTimeMillis() {
        return eventTimeMillis;
    }

    /** The row's values, NaN where missing; overwritten by the next row. */
    double[] values() {
        return values;
    }

    private void take(CsvRecord record) {
        String cell = record.getField(columns.time()).strip();
        long time = time(cell, source.lastLine());
        if (any && time < eventTimeMillis) {
            throw new HistoryException(
                    ("%s: %s is before %s on line %d; event times must not go back: sort the file"
                                    + " by this column")
                            .formatted(
                                    at(columns.time(), source.lastLine()), cell, timeCell, line));
        }
        line = source.lastLine();
        eventTimeMillis = time;
        timeCell = cell;
        for (int i = 0; i < values.length; i++) {
            values[i] = value(record.getField(columns.positions()[i]).strip(), i);
        }
    }

    private long time(String cell, long at) {
        if (format == null) {
            format =
                    TimeFormat.of(cell)
                            .orElseThrow(() -> new HistoryException(noTime(cell, at), null));
        }
        try {
            return format.parse(cell);
        } catch (DateTimeException | NumberFormatException e) {
            throw new HistoryException(noTime(cell, at), e);
        }
    }

    private String noTime(String cell, long at) {
        String expected =
                timeCell == null
                        ? TimeFormat.EXPECTED
                        : "expected a time written like %s on line %d".formatted(timeCell, line);
        return "%s: \"%s\" is no event time; %s".formatted(at(columns.time(), at), cell, expected);
    }

    private double value(String cell, int column) {
        if (Cells.isMissing(cell)) {
            return Double.NaN;
        }
        double value = Cells.number(cell);
        if (Double.isNaN(value)) {
            throw new HistoryException(
                    ("%s: \"%s\" is no finite number; expected one, or an empty cell for a missing"
                                    + " value")
                            .formatted(at(columns.positions()[column], line), cell));
        }
        return value;
    }

    private String at(int position, long at) {
        return "%s: line %d, column \"%s\"".formatted(file, at, source.header().get(position));
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
