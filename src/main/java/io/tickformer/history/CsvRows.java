package io.tickformer.history;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;

/**
 * The selected rows of a CSV file. In a wide file event times may repeat but not go back: a step
 * back indicates a long file without a key column. In a file of a single series they may go back,
 * as when clocks are set back, unless rows are required in order.
 */
final class CsvRows implements TableRows {
    private static final int LONGEST_SHOWN = 100;

    private final Path file;
    private final TableColumns columns;
    private final RowRange rows;
    private final CsvRecordReader source;
    private final boolean mayGoBack;
    private final double[] values;
    private TimeFormat format;
    private long row;
    private long line;
    private String key = "";
    private long eventTimeMillis;
    private String timeCell;
    private boolean any;

    /**
     * @param inOrder whether event times must never go back
     */
    CsvRows(Path file, CsvOptions options, boolean inOrder) throws IOException {
        this.file = file;
        this.columns = CsvColumns.of(file, options);
        this.rows = options.rows();
        this.source = new CsvRecordReader(file);
        this.mayGoBack = columns.isLong() || (source.header().size() == 2 && !inOrder);
        this.values = new double[columns.positions().length];
    }

    @Override
    public boolean isLong() {
        return columns.isLong();
    }

    @Override
    public List<String> columns() {
        return columns.names();
    }

    @Override
    public boolean advance() {
        while (row < rows.end()) {
            Optional<CsvRecord> record = source.next();
            if (record.isEmpty()) {
                break;
            }
            if (row++ >= rows.first()) {
                take(record.get());
                source.requireClosedQuote(record.get());
                any = true;
                return true;
            }
        }
        if (!any) {
            throw new HistoryException(
                    row == 0
                            ? file + ": no rows after the header"
                            : "%s: rows %s requested; the file has %d".formatted(file, rows, row));
        }
        return false;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public String lines() {
        return "lines";
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public long eventTimeMillis() {
        return eventTimeMillis;
    }

    @Override
    public double[] values() {
        return values;
    }

    private void take(CsvRecord record) {
        String cell = record.getField(columns.time()).strip();
        long time = time(cell, source.lastLine());
        if (any && time < eventTimeMillis && !mayGoBack) {
            throw new HistoryException(
                    ("%s: %s is before %s on line %d; event times must not go back; sort the file"
                                    + " by this column, or name the column of series keys (--key-column)")
                            .formatted(
                                    at(columns.time(), source.lastLine()), cell, timeCell, line));
        }
        line = source.lastLine();
        eventTimeMillis = time;
        timeCell = cell;
        if (columns.isLong()) {
            key = key(record.getField(columns.key()).strip());
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = value(record.getField(columns.positions()[i]).strip(), i);
        }
    }

    private String key(String cell) {
        requireOneLine(cell, columns.key(), line);
        if (cell.isEmpty()) {
            throw new HistoryException(
                    "%s: there is no series key; expected one on every line"
                            .formatted(at(columns.key(), line)));
        }
        return cell;
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

    /** A quote that is never closed swallows the following lines. */
    private void requireOneLine(String cell, int position, long at) {
        long lines = cell.lines().count();
        if (lines > 1) {
            throw new HistoryException(
                    ("%s: a quote (\") is opened there and runs over %d lines; close it, or double"
                                    + " it if it is part of the text")
                            .formatted(at(position, at), lines));
        }
    }

    private String noTime(String cell, long at) {
        requireOneLine(cell, columns.time(), at);
        String expected =
                timeCell == null
                        ? TimeFormat.EXPECTED
                        : "expected a time written like %s on line %d".formatted(timeCell, line);
        return "%s: \"%s\" is not an event time; %s"
                .formatted(at(columns.time(), at), shown(cell), expected);
    }

    private double value(String cell, int column) {
        if (CellParser.isMissing(cell)) {
            return Double.NaN;
        }
        double value = CellParser.number(cell);
        if (Double.isNaN(value)) {
            requireOneLine(cell, columns.positions()[column], line);
            throw new HistoryException(
                    ("%s: \"%s\" is not a finite number; expected one, or an empty cell for a"
                                    + " missing value%s")
                            .formatted(
                                    at(columns.positions()[column], line),
                                    shown(cell),
                                    cell.indexOf(',') >= 0
                                            ? "; use a decimal point and no thousands separator"
                                            : ""));
        }
        return value;
    }

    private static String shown(String cell) {
        return cell.length() > LONGEST_SHOWN ? cell.substring(0, LONGEST_SHOWN) + "..." : cell;
    }

    private String at(int position, long at) {
        return "%s: line %d, column \"%s\"".formatted(file, at, source.header().get(position));
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
