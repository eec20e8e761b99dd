package io.tickformer.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The roles of the columns of a table: series key, event time, values.
 *
 * <p>Unless the user names the columns, a column holds values if its first cell that is not missing
 * is a number. A later cell that is not a number is then an error, and the column is not dropped
 * silently. A column without any value counts as well, so that its absence can be reported.
 *
 * @param key position of the column of series keys; -1 in a wide table
 * @param time position of the time column
 * @param positions positions of the columns of values
 * @param names names of the columns of values, one per position
 */
record TableColumns(int key, int time, int[] positions, List<String> names) {
    private static final int WIDE = -1;

    private static final Set<String> TIME_NAMES =
            Set.of("date", "time", "timestamp", "datetime", "date_time", "ts", "ds", "event_time");

    /** Names of key columns, even if the keys are numbers. */
    private static final Set<String> KEY_NAMES = Set.of("unique_id", "series_id", "item_id");

    boolean isLong() {
        return key != WIDE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableColumns that
                && key == that.key
                && time == that.time
                && Arrays.equals(positions, that.positions)
                && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return 31 * names.hashCode() + time;
    }

    /** Determines the columns of one table. */
    static final class Chooser {
        private final String where;
        private final List<String> header;
        private final CsvOptions options;

        /**
         * @param where position of the header, for messages
         */
        Chooser(String where, List<String> header, CsvOptions options) {
            this.where = where;
            this.header = header;
            this.options = options;
        }

        void requireDifferentNames() {
            Set<String> seen = new HashSet<>();
            for (String name : header) {
                if (!name.isEmpty() && !seen.add(name)) {
                    throw new HistoryException(
                            "%s: two columns are named \"%s\"; expected different names"
                                    .formatted(where, name));
                }
            }
        }

        int timeColumn() {
            if (options.timeColumn() != null) {
                return position(options.timeColumn());
            }
            for (int i = 0; i < header.size(); i++) {
                if (TIME_NAMES.contains(header.get(i).toLowerCase(Locale.ROOT))) {
                    return i;
                }
            }
            throw new HistoryException(
                    ("%s: none of the columns %s is named date, time or timestamp; name the column"
                                    + " of event times (--time-column), and check that the first line is a"
                                    + " header")
                            .formatted(where, NameListText.some(header)));
        }

        /**
         * @param kinds of the columns
         */
        TableColumns choose(int time, List<ColumnKind> kinds) {
            List<Integer> numbers = columnsOf(kinds, time, ColumnKind.NUMBER, ColumnKind.EMPTY);
            int key = key(kinds, time, numbers);
            List<String> names = new ArrayList<>(options.columns());
            if (names.isEmpty()) {
                for (int i : numbers) {
                    if (i != key) {
                        names.add(header.get(i));
                    }
                }
            }
            if (names.isEmpty()) {
                throw new HistoryException(
                        "%s: no numeric column besides the time column \"%s\"; the columns are %s"
                                .formatted(where, header.get(time), NameListText.some(header)));
            }
            int[] positions = new int[names.size()];
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < header.size(); i++) {
                places.putIfAbsent(header.get(i), i);
            }
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < positions.length; i++) {
                String name = names.get(i);
                positions[i] = places.containsKey(name) ? places.get(name) : position(name);
                requireValues(name, positions[i], key, time);
                if (!seen.add(name)) {
                    throw new HistoryException("column \"%s\" is named twice".formatted(name));
                }
            }
            return new TableColumns(key, time, positions, List.copyOf(names));
        }

        private void requireValues(String name, int position, int key, int time) {
            if (position == time || position == key) {
                throw new HistoryException(
                        "%s: column \"%s\" holds the %s; it cannot be a series too"
                                .formatted(
                                        where,
                                        name,
                                        position == time ? "event time" : "series keys"));
            }
        }

        /** The column of series keys, as named or detected. */
        private int key(List<ColumnKind> kinds, int time, List<Integer> numbers) {
            if (options.keyColumn() != null) {
                int key = position(options.keyColumn());
                if (key == time) {
                    throw new HistoryException(
                            ("%s: column \"%s\" holds the event time; it cannot hold the series"
                                            + " keys too")
                                    .formatted(where, options.keyColumn()));
                }
                return key;
            }
            if (!options.columns().isEmpty()) {
                return WIDE;
            }
            List<Integer> texts = columnsOf(kinds, time, ColumnKind.TEXT);
            if (texts.size() == 1 && numbers.size() == 1) {
                return texts.get(0);
            }
            if (texts.isEmpty() && numbers.size() == 2) {
                for (int i : numbers) {
                    if (KEY_NAMES.contains(header.get(i).toLowerCase(Locale.ROOT))) {
                        return i;
                    }
                }
            }
            return WIDE;
        }

        /** Skips columns without a name, which have no series key; often they count the rows. */
        private List<Integer> columnsOf(List<ColumnKind> kinds, int time, ColumnKind... wanted) {
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i < kinds.size(); i++) {
                if (i != time
                        && !header.get(i).isEmpty()
                        && Arrays.asList(wanted).contains(kinds.get(i))) {
                    found.add(i);
                }
            }
            return found;
        }

        private int position(String name) {
            int position = header.indexOf(name);
            if (position < 0 || name.isEmpty()) {
                throw new HistoryException(
                        "%s: there is no column \"%s\"; the columns are %s"
                                .formatted(where, name, NameListText.some(header)));
            }
            return position;
        }
    }
}
