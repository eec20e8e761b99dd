package io.tickformer.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.annotation.Internal;
import io.tickformer.process.PlatformInfo;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the results of a benchmark, either as JSON lines as soon as a case is done, or as a table
 * at the end. Everything else goes to standard error.
 */
@Internal
public final class BenchReport implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter err;
    private final List<List<String>> rows = new ArrayList<>();

    public BenchReport(List<Column> columns, boolean json, PrintWriter out, PrintWriter err) {
        this.columns = List.copyOf(columns);
        this.json = json;
        this.out = out;
        this.err = err;
        rows.add(this.columns.stream().map(Column::heading).toList());
    }

    /** Prints facts of the machine: above the table, or next to the JSON lines. */
    public void machine() {
        PrintWriter target = json ? err : out;
        target.println(String.join(", ", machineFacts()));
        target.flush();
    }

    private static List<String> machineFacts() {
        List<String> facts = new ArrayList<>();
        PlatformInfo.current()
                .rows()
                .forEach(
                        (name, value) ->
                                facts.add(
                                        name.equals("system") || name.equals("processor")
                                                ? value
                                                : name + " " + value));
        return facts;
    }

    /** Prints a step of the benchmark. */
    public void progress(String what) {
        err.println(what);
        err.flush();
    }

    /**
     * Adds the results of a case.
     *
     * @param values one per column, in order: text, {@link Double}, {@link Long} or {@link
     *     Integer}; null or NaN for no value, which JSON omits
     */
    public void add(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "%d values; expected one for each of %d columns"
                            .formatted(values.length, columns.size()));
        }
        if (json) {
            out.println(line(values));
            out.flush();
            return;
        }
        List<String> row = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            row.add(columns.get(i).text(values[i]));
        }
        rows.add(row);
    }

    private ObjectNode line(Object[] values) {
        ObjectNode line = MAPPER.createObjectNode();
        for (int i = 0; i < values.length; i++) {
            boolean known =
                    values[i] != null
                            && !(values[i] instanceof Double number && !Double.isFinite(number));
            if (known) {
                line.set(columns.get(i).field(), MAPPER.valueToTree(values[i]));
            }
        }
        return line;
    }

    /** Writes the table of the results so far. */
    @Override
    public void close() {
        if (json || rows.size() == 1) {
            return;
        }
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        out.println();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(i == 0 ? "" : GAP).append(padded(row.get(i), widths[i], i == 0));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    /** Aligns text to the left and numbers to the right. */
    private static String padded(String text, int width, boolean left) {
        String room = " ".repeat(width - text.length());
        return left ? text + room : room + text;
    }
}
