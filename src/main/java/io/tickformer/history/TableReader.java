package io.tickformer.history;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the rows of one table after the other into one history. */
final class TableReader {
    /** The time range of a series in a wide file. */
    private record Part(Path file, long first, long last) {}

    private final HistoryBuilder builder;
    private final boolean keyFromFile;
    private final Map<Integer, List<Part>> parts = new HashMap<>();

    TableReader(HistoryBuilder builder, boolean keyFromFile) {
        this.builder = builder;
        this.keyFromFile = keyFromFile;
    }

    /** Reads every row and returns their positions in the file, for messages. */
    String read(Path file, TableRows rows) {
        String prefix = keyFromFile ? stem(file) : "";
        long firstLine = rows.isLong() ? takeLong(rows, prefix) : takeWide(file, rows, prefix);
        return "%s, %s %d to %d".formatted(file, rows.lines(), firstLine, rows.line());
    }

    private long takeLong(TableRows rows, String prefix) {
        List<String> columns = rows.columns();
        Map<String, int[]> numbers = new HashMap<>();
        long firstLine = 0;
        while (rows.advance()) {
            firstLine = firstLine == 0 ? rows.line() : firstLine;
            int[] series = numbers.get(rows.key());
            if (series == null) {
                series = new int[columns.size()];
                String key = prefix.isEmpty() ? rows.key() : prefix + '/' + rows.key();
                for (int i = 0; i < series.length; i++) {
                    series[i] =
                            builder.number(series.length == 1 ? key : key + '/' + columns.get(i));
                }
                numbers.put(rows.key(), series);
            }
            for (int i = 0; i < series.length; i++) {
                builder.add(series[i], rows.eventTimeMillis(), rows.values()[i]);
            }
        }
        return firstLine;
    }

    private long takeWide(Path file, TableRows rows, String prefix) {
        List<String> columns = rows.columns();
        int[] series = new int[columns.size()];
        long[] before = new long[series.length];
        for (int i = 0; i < series.length; i++) {
            series[i] = builder.number(wideKey(prefix, columns, i));
            before[i] = builder.observed(series[i]);
        }
        long firstLine = 0;
        long firstTime = 0;
        while (rows.advance()) {
            if (firstLine == 0) {
                firstLine = rows.line();
                firstTime = rows.eventTimeMillis();
            }
            for (int i = 0; i < series.length; i++) {
                builder.add(series[i], rows.eventTimeMillis(), rows.values()[i]);
            }
        }
        for (int i = 0; i < series.length; i++) {
            if (builder.observed(series[i]) == before[i]) {
                throw new HistoryException(
                        ("%s, %s %d to %d, column \"%s\": every value is missing; leave out the"
                                        + " column (--columns) or select other rows (--rows)")
                                .formatted(
                                        file,
                                        rows.lines(),
                                        firstLine,
                                        rows.line(),
                                        columns.get(i)));
            }
            requireApart(
                    series[i], columns.get(i), new Part(file, firstTime, rows.eventTimeMillis()));
        }
        return firstLine;
    }

    private static String wideKey(String prefix, List<String> columns, int i) {
        if (prefix.isEmpty()) {
            return columns.get(i);
        }
        return columns.size() == 1 ? prefix : prefix + '/' + columns.get(i);
    }

    /** Files with one series each under the same column name must not become one series. */
    private void requireApart(int series, String column, Part part) {
        List<Part> others = parts.computeIfAbsent(series, any -> new ArrayList<>());
        for (Part other : others) {
            if (part.first <= other.last && other.first <= part.last) {
                throw new HistoryException(
                        ("%s: column \"%s\" begins at %s, within the times of the same column of"
                                        + " %s, %s to %s; if each file has its own series, prefix their keys"
                                        + " with the file names (--key-from-file)")
                                .formatted(
                                        part.file,
                                        column,
                                        Instant.ofEpochMilli(part.first),
                                        other.file,
                                        Instant.ofEpochMilli(other.first),
                                        Instant.ofEpochMilli(other.last)));
            }
        }
        others.add(part);
    }

    /** The name of a file up to its first dot. */
    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.', 1);
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
