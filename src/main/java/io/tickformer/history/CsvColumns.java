package io.tickformer.history;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which column of a file holds the event time and which are series.
 *
 * <p>Unless the columns are named by the user, a column is a series if the first cell of it that is
 * not missing is a number. A later cell that is none is then an error and no reason to drop the
 * column silently. A column that is missing throughout counts as a series too, so that whoever
 * needs its values can say that there are none.
 *
 * @param time position of the time column
 * @param positions positions of the series' columns
 * @param series names of the series, one for each position
 */
record CsvColumns(int time, int[] positions, List<String> series) {
    private static final Set<String> TIME_NAMES =
            Set.of("date", "time", "timestamp", "datetime", "date_time", "ts", "event_time");

    /** Looks at the header and at as many rows as it takes. */
    static CsvColumns of(Path file, CsvOptions options) throws IOException {
        try (CsvSource source = new CsvSource(file)) {
            List<String> header = source.header();
            Set<String> seen = new HashSet<>();
            for (String name : header) {
                if (!name.isEmpty() && !seen.add(name)) {
                    throw new HistoryException(
                            "%s: line %d: two columns are called \"%s\"; expected different names"
                                    .formatted(file, source.lastLine(), name));
                }
            }
            int time = timeColumn(file, source, options.timeColumn());
            List<String> series =
                    options.columns().isEmpty()
                            ? numericColumns(file, source, time)
                            : namedColumns(file, source, time, options.columns());
            int[] positions = series.stream().mapToInt(header::indexOf).toArray();
            return new CsvColumns(time, positions, List.copyOf(series));
        }
    }

    private static int timeColumn(Path file, CsvSource source, String name) {
        if (name != null) {
            return position(file, source, name);
        }
        List<String> header = source.header();
        for (int i = 0; i < header.size(); i++) {
            if (TIME_NAMES.contains(header.get(i).toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        throw new HistoryException(
                ("%s: line %d: none of the columns %s is called date, time or timestamp; name the one"
                                + " that holds the event time (--time-column), and check that the"
                                + " first line is a header")
                        .formatted(file, source.lastLine(), String.join(", ", header)));
    }

    private static List<String> namedColumns(
            Path file, CsvSource source, int time, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (position(file, source, name) == time) {
                throw new HistoryException(
                        "%s: line %d: column \"%s\" holds the event time; it cannot be a series too"
                                .formatted(file, source.lastLine(), name));
            }
            if (!seen.add(name)) {
                throw new HistoryException("column \"%s\" is named twice".formatted(name));
            }
        }
        return names;
    }

    private static int position(Path file, CsvSource source, String name) {
        int position = source.header().indexOf(name);
        if (position < 0 || name.isEmpty()) {
            throw new HistoryException(
                    "%s: line %d: there is no column \"%s\"; the columns are %s"
                            .formatted(
                                    file,
                                    source.lastLine(),
                                    name,
                                    String.join(", ", source.header())));
        }
        return position;
    }

    private static List<String> numericColumns(Path file, CsvSource source, int time) {
        List<String> header = source.header();
        long headerLine = source.lastLine();
        boolean[] series = new boolean[header.size()];
        boolean[] open = new boolean[header.size()];
        for (int i = 0; i < open.length; i++) {
            // A column without a name has no key to be forecast under; often it counts the rows.
            open[i] = i != time && !header.get(i).isEmpty();
            series[i] = open[i];
        }
        Optional<CsvRecord> record = source.next();
        while (record.isPresent() && anyOf(open)) {
            for (int i = 0; i < open.length; i++) {
                String cell = record.get().getField(i).strip();
                if (open[i] && !Cells.isMissing(cell)) {
                    open[i] = false;
                    series[i] = Cells.isNumber(cell);
                }
            }
            record = source.next();
        }
        if (!anyOf(series)) {
            throw new HistoryException(
                    ("%s: line %d: no numeric column beside the time column \"%s\"; the columns are"
                                    + " %s")
                            .formatted(
                                    file, headerLine, header.get(time), String.join(", ", header)));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < series.length; i++) {
            if (series[i]) {
                names.add(header.get(i));
            }
        }
        return names;
    }

    private static boolean anyOf(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CsvColumns that
                && time == that.time
                && Arrays.equals(positions, that.positions)
                && series.equals(that.series);
    }

    @Override
    public int hashCode() {
        return 31 * series.hashCode() + time;
    }
}
