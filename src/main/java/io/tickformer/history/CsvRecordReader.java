package io.tickformer.history;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The records of a CSV file, plain or gzipped. Each must have as many fields as the header. */
final class CsvRecordReader implements AutoCloseable {
    private static final int LONGEST_SHOWN = 100;
    private static final List<String> OTHER_SEPARATORS = List.of(";", "\t", "|");

    private final Path file;
    private final CsvText text;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> header;
    private long lastLine;

    CsvRecordReader(Path file) throws IOException {
        this.file = file;
        this.text = CsvText.open(file);
        // Check field counts here and not in the parser, for a better message.
        CsvReader<CsvRecord> reader =
                CsvReader.builder()
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(text);
        this.records = reader.iterator();
        try {
            Optional<CsvRecord> first = read();
            if (first.isEmpty()) {
                throw new HistoryException(
                        file + ": the file is empty; expected a header line with column names");
            }
            this.header = first.get().getFields().stream().map(String::strip).toList();
            requireCommas();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void requireCommas() {
        String only = header.get(0);
        for (String sign : OTHER_SEPARATORS) {
            if (header.size() == 1 && only.contains(sign)) {
                throw new HistoryException(
                        ("%s: line %d: the header is one column, \"%s\"; expected columns separated"
                                        + " by commas, not by \"%s\", and numbers with a decimal point")
                                .formatted(
                                        file,
                                        lastLine,
                                        only.substring(0, Math.min(LONGEST_SHOWN, only.length())),
                                        sign.equals("\t") ? "tab" : sign));
            }
        }
    }

    /** Column names in order. */
    List<String> header() {
        return header;
    }

    /** Line number of the last record; that of the header is the first line that is not blank. */
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

    /** A quote that is never closed swallows the following lines. */
    private static String quoteHint(CsvRecord record) {
        for (String field : record.getFields()) {
            int lines = (int) field.lines().count();
            if (lines > 1) {
                return ("; a field there begins with a quote (\") and runs over %d lines; close the"
                                + " quote, or double it if it is part of the text")
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
            if (e.getCause() instanceof HistoryException ours) {
                throw ours;
            }
            throw new HistoryException(
                    ("%s: after line %d: this is not CSV: %s; often the closing quote (\") of a"
                                    + " field is missing")
                            .formatted(
                                    file,
                                    lastLine,
                                    (e.getCause() == null ? e : e.getCause()).getMessage()),
                    e);
        } catch (UncheckedIOException e) {
            throw damaged(e);
        }
    }

    /** An open quote at the end of the file has swallowed all rows after it. */
    void requireClosedQuote(CsvRecord record) {
        if (text.endsWithinQuotes()
                && record.getFields().stream().anyMatch(field -> field.indexOf('\n') >= 0)
                && !records.hasNext()) {
            throw new HistoryException(
                    ("%s: line %d: a quote (\") is opened there and never closed; close it, or"
                                    + " double it if it is part of the text")
                            .formatted(file, lastLine));
        }
    }

    private RuntimeException damaged(UncheckedIOException e) {
        return FileType.isDamage(e.getCause())
                ? FileType.damaged(file, "after line %d: ".formatted(lastLine), e.getCause())
                : e;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
