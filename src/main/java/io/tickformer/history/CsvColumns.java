package io.tickformer.history;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the header of a CSV file, and at as many rows as it takes to know its columns. */
final class CsvColumns {
    private CsvColumns() {}

    /**
     * Which column is what.
     *
     * @throws HistoryException if a column is missing or none is numeric
     */
    static TableColumns of(Path file, CsvOptions options) throws IOException {
        try (CsvSource source = new CsvSource(file)) {
            String where = "%s: line %d".formatted(file, source.lastLine());
            TableColumns.Chooser chooser =
                    new TableColumns.Chooser(where, source.header(), options);
            chooser.requireDifferentNames();
            int time = chooser.timeColumn();
            return chooser.choose(time, kinds(source, time));
        }
    }

    /** What the first cell of each column says that is not missing. */
    private static List<ColumnKind> kinds(CsvSource source, int time) {
        List<ColumnKind> kinds = new ArrayList<>();
        for (int i = 0; i < source.header().size(); i++) {
            kinds.add(i == time ? ColumnKind.OTHER : ColumnKind.EMPTY);
        }
        Optional<CsvRecord> record = source.next();
        while (record.isPresent() && kinds.contains(ColumnKind.EMPTY)) {
            for (int i = 0; i < kinds.size(); i++) {
                String cell = record.get().getField(i).strip();
                if (kinds.get(i) == ColumnKind.EMPTY && !Cells.isMissing(cell)) {
                    kinds.set(i, Cells.isNumber(cell) ? ColumnKind.NUMBER : ColumnKind.TEXT);
                }
            }
            record = source.next();
        }
        return kinds;
    }
}
