package io.tickformer.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.process.Surroundings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of a benchmark, case by case: JSON lines, each written as soon as it is there, or a
 * table, written when it is complete. What is not a result goes to standard error.
 */
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

    /** Says what machine the figures are of: above the table, or beside the JSON lines. */
    public void machine() {
        PrintWriter target = json ? err : out;
        target.println(String.join(", ", machineFacts()));
        target.flush();
    }

    private static List<String> machineFacts() {
        List<String> facts = new ArrayList<>();
        Surroundings.current()
                .rows()
                .forEach(
                        (name, value) ->
                                facts.add(
                                        name.equals("system") || name.equals("processor")
                                                ? value
                                                : name + " " + value));
        return facts;
    }

    /** Says what is being done. */
    public void progress(String what) {
        err.println(what);
        err.flush();
    }

    /**
     * Takes the results of a case.
     *
     * @param values one for each column, in their order: text, {@link Double}, {@link Long} or
     *     {@link Integer}; null or NaN where there is none, which JSON leaves out
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

    /** Writes the table, of what there is. */
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

    /** The first column is text and begins at the left; numbers end at the right. */
    private static String padded(String text, int width, boolean left) {
        String room = " ".repeat(width - text.length());
        return left ? text + room : room + text;
    }
}
