package io.tickformer.history;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads one or several files of the same form as one history. */
@Internal
public final class HistoryFiles {
    private HistoryFiles() {}

    /**
     * Reads the selected columns and rows of every file. A directory stands for its files named
     * .csv or .csv.gz in the order of their names.
     *
     * @param keyFromFile whether the name of a file without its extension is the key of its only
     *     series, or the prefix of its keys: {@code file/column}
     * @throws HistoryException if a file is not a table of series: a column is missing, a cell is
     *     not a time or a number, times go back in a wide file, there is no numeric column or one
     *     without any value, or two wide files have the same series at the same time
     * @throws IOException if a file cannot be read
     */
    public static History read(List<Path> data, CsvOptions options, boolean keyFromFile)
            throws IOException {
        List<Path> files = files(data);
        if (files.size() > 1 && !options.rows().equals(RowRange.ALL)) {
            throw new HistoryException(
                    "rows %s of %d files; rows can be selected only in a single file"
                            .formatted(options.rows(), files.size()));
        }
        try (HistoryBuilder builder = new HistoryBuilder()) {
            TableReader reading = new TableReader(builder, keyFromFile);
            String source = "";
            for (Path file : files) {
                try (TableRows rows = open(file, options)) {
                    source = reading.read(file, rows);
                }
            }
            return builder.build(
                    files.size() == 1
                            ? source
                            : "%d files, %s to %s"
                                    .formatted(
                                            files.size(),
                                            files.get(0),
                                            files.get(files.size() - 1).getFileName()));
        }
    }

    private static TableRows open(Path file, CsvOptions options) throws IOException {
        return new CsvRows(file, options, false);
    }

    /**
     * The given files. A directory stands for its files named .csv or .csv.gz in the order of their
     * names.
     *
     * @throws HistoryException if a directory has none
     * @throws IOException if a directory cannot be read
     */
    public static List<Path> files(List<Path> data) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : data) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.list(path)) {
                List<Path> found =
                        inside.filter(Files::isRegularFile)
                                .filter(HistoryFiles::isNamedCsv)
                                .sorted()
                                .toList();
                if (found.isEmpty()) {
                    throw new HistoryException(
                            path + ": the directory holds no file named .csv or .csv.gz");
                }
                files.addAll(found);
            }
        }
        return files;
    }

    private static boolean isNamedCsv(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".csv") || name.endsWith(".csv.gz"));
    }
}
