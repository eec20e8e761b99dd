package io.tickformer.history;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * The records of a CSV file, plain or gzipped, each checked to have as many fields as the header.
 */
final class CsvSource implements AutoCloseable {
    private final Path file;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> header;
    private long lastLine;

    CsvSource(Path file) throws IOException {
        this.file = file;
        // Field counts are checked here rather than by the reader, to say it in our own words.
        CsvReader<CsvRecord> reader =
                CsvReader.builder()
                        .detectBomHeader(true)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(FileContent.open(file));
        this.records = reader.iterator();
        try {
            Optional<CsvRecord> first = read();
            if (first.isEmpty()) {
                throw new HistoryException(
                        file
                                + ": the file is empty; expected a header line with the columns'"
                                + " names");
            }
            this.header = first.get().getFields().stream().map(String::strip).toList();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
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
                    "%s: line %d: %d fields; expected %d, as in the header%s"
                            .formatted(
                                    file,
                                    lastLine,
                                    record.get().getFieldCount(),
                                    header.size(),
                                    quoteHint(record.get())));
        }
        return record;
    }

    /** A quote that is never closed swallows the lines after it. */
    private static String quoteHint(CsvRecord record) {
        for (String field : record.getFields()) {
            int lines = (int) field.lines().count();
            if (lines > 1) {
                return ("; a field opens a quote (\") there and runs over %d lines: close the quote, or"
                                + " double it where it is part of a text")
                        .formatted(lines);
            }
        }
        return "";
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
                    "%s: after line %d: this is no CSV: %s; often the closing quote (\") of a field is missing"
                            .formatted(file, lastLine, e.getMessage()),
                    e);
        } catch (UncheckedIOException e) {
            throw damaged(e);
        }
    }

    private RuntimeException damaged(UncheckedIOException e) {
        if (e.getCause() instanceof EOFException || e.getCause() instanceof ZipException) {
            return new HistoryException(
                    "%s: after line %d: the gzip data is cut short or damaged (%s); compress or copy the file again"
                            .formatted(file, lastLine, e.getCause().getMessage()),
                    e);
        }
        return e;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
