package io.tickformer.history;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Determines the columns of a CSV file from the header and the first rows. */
final class CsvColumns {
    private static final int ROWS_LOOKED_AT = 1_000;

    private CsvColumns() {}

    /**
     * The roles of the columns.
     *
     * @throws HistoryException if a column is missing or none is numeric
     */
    static TableColumns of(Path file, CsvOptions options) throws IOException {
        try (CsvRecordReader source = new CsvRecordReader(file)) {
            String where = "%s: line %d".formatted(file, source.lastLine());
            TableColumns.Chooser chooser =
                    new TableColumns.Chooser(where, source.header(), options);
            chooser.requireDifferentNames();
            int time = chooser.timeColumn();
            return chooser.choose(time, kinds(source, time));
        }
    }

    /**
     * The kinds of the columns, by the first cell that is not missing. A column that begins with
     * text counts as numeric if most of the first rows are numbers: then the text is a mistake,
     * which is reported when it is read, and the column must not be dropped silently.
     */
    private static List<ColumnKind> kinds(CsvRecordReader source, int time) {
        int columns = source.header().size();
        ColumnKind[] kinds = new ColumnKind[columns];
        int[] texts = new int[columns];
        int[] numbers = new int[columns];
        Arrays.fill(kinds, ColumnKind.EMPTY);
        int undecided = columns - 1;
        int rows = 0;
        Optional<CsvRecord> record = source.next();
        while (record.isPresent() && (undecided > 0 || rows < ROWS_LOOKED_AT)) {
            rows++;
            for (int i = 0; i < columns; i++) {
                if (i == time || (kinds[i] != ColumnKind.EMPTY && rows > ROWS_LOOKED_AT)) {
                    continue;
                }
                String cell = record.get().getField(i).strip();
                if (CellParser.isMissing(cell)) {
                    continue;
                }
                boolean number = CellParser.isMeantAsNumber(cell);
                numbers[i] += number ? 1 : 0;
                texts[i] += number ? 0 : 1;
                if (kinds[i] == ColumnKind.EMPTY) {
                    kinds[i] = number ? ColumnKind.NUMBER : ColumnKind.TEXT;
                    undecided--;
                }
            }
            record = source.next();
        }
        for (int i = 0; i < columns; i++) {
            if (kinds[i] == ColumnKind.TEXT && numbers[i] > texts[i]) {
                kinds[i] = ColumnKind.NUMBER;
            }
        }
        kinds[time] = ColumnKind.OTHER;
        return Arrays.asList(kinds);
    }
}
