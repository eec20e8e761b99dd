package io.tickformer.history;

import io.tickformer.annotation.Public;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads one CSV file, wide or long, plain or gzipped. */
@Public
public final class CsvHistory {
    private CsvHistory() {}

    /**
     * Reads the selected columns and rows.
     *
     * @throws HistoryException if the file is not a table of series: a column is missing, a cell is
     *     not a time or a number, times go back in a wide file, or there is no numeric column or
     *     one without any value
     * @throws IOException if the file cannot be read
     */
    public static History read(Path file, CsvOptions options) throws IOException {
        return HistoryFiles.read(List.of(file), options, false);
    }
}
