package io.tickformer.history;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The records of a CSV file, each checked to have as many fields as the header. */
final class CsvSource implements AutoCloseable {
    private final Path file;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> header;
    private long lastLine;

    CsvSource(Path file) throws IOException {
        this.file = file;
        if (Files.isDirectory(file)) {
            throw new HistoryException(file + ": this is a directory; expected a CSV file");
        }
        // Field counts are checked here rather than by the reader, to say it in our own words.
        CsvReader<CsvRecord> reader =
                CsvReader.builder()
                        .detectBomHeader(true)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(file);
        this.records = reader.iterator();
        Optional<CsvRecord> first = read();
        if (first.isEmpty()) {
            close();
            throw new HistoryException(
                    file + ": the file is empty; expected a header line with the columns' names");
        }
        this.header = first.get().getFields().stream().map(String::strip).toList();
    }

    /** Names of the columns, in order. */
    List<String> header() {
        return header;
    }

    /** Line of the record read last; the header's is the first that is not blank. */
    long lastLine() {
        return lastLine;
    }

    /** The next record, or empty at the end of the file. */
    Optional<CsvRecord> next() {
        Optional<CsvRecord> record = read();
        if (record.isPresent() && record.get().getFieldCount() != header.size()) {
            throw new HistoryException(
                    "%s: line %d: %d fields; expected %d, as in the header"
                            .formatted(
                                    file, lastLine, record.get().getFieldCount(), header.size()));
        }
        return record;
    }

    private Optional<CsvRecord> read() {
        try {
            if (!records.hasNext()) {
                return Optional.empty();
            }
            CsvRecord record = records.next();
            lastLine = record.getStartingLineNumber();
            return Optional.of(record);
        } catch (CsvParseException e) {
            throw new HistoryException(
                    "%s: after line %d: this is no CSV: %s"
                            .formatted(file, lastLine, e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
