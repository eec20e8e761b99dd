package io.tickformer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongCsvTest {
    @TempDir private Path directory;

    @Test
    void aColumnOfTextOneOfTimesAndOneOfNumbersMakeALongTable() throws IOException {
        try (History history = read("meter,time,load\nb,1,1\na,2,2\nb,3,3\na,1,4\nb,2,\n")) {
            assertThat(history.summaries())
                    .containsExactly(
                            new SeriesSummary("a", 2, 1000, 2000),
                            new SeriesSummary("b", 2, 1000, 3000));
            assertThat(history.series().get(0).eventTimeMillis()).containsExactly(1000, 2000);
            assertThat(history.series().get(0).values()).containsExactly(4, 2);
            assertThat(history.source()).isEqualTo(file() + ", lines 2 to 6");
        }
    }

    @Test
    void keysThatAreNumbersAreKnownByTheirColumnsNameOrByTheUser() throws IOException {
        try (History history = read("unique_id,ds,y\n1,1,5\n2,1,6\n")) {
            assertThat(history.summaries())
                    .extracting(SeriesSummary::series)
                    .containsExactly("1", "2");
        }
        Files.writeString(file(), "store,ts,sales\n7,1,5\n8,1,6\n");
        try (History history = read(new CsvOptions("store", null, List.of(), RowRange.ALL))) {
            assertThat(history.summaries())
                    .extracting(SeriesSummary::series)
                    .containsExactly("7", "8");
        }
    }

    @Test
    void severalColumnsOfValuesMakeASeriesOfEach() throws IOException {
        Files.writeString(file(), "site,time,load,temp\nx,1,5,6\ny,1,7,8\n");
        try (History history = read(new CsvOptions("site", null, List.of(), RowRange.ALL))) {
            assertThat(history.summaries())
                    .extracting(SeriesSummary::series)
                    .containsExactly("x/load", "x/temp", "y/load", "y/temp");
        }
    }

    @Test
    void aRowWithoutAKeyIsRefused() {
        assertThatThrownBy(() -> read("meter,time,load\na,1,1\n ,2,2\n"))
                .hasMessage(
                        file()
                                + ": line 3, column \"meter\": there is no series key; expected one"
                                + " on every line");
    }

    @Test
    void gzipIsKnownByTheContentAndNotByTheName() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write("time,a\n1,1\n2,2\n".repeat(1).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(file(), bytes.toByteArray());
        try (History history = read(CsvOptions.DEFAULT)) {
            assertThat(history.series().get(0).values()).containsExactly(1, 2);
        }
        Files.write(file(), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12));
        assertThatThrownBy(() -> read(CsvOptions.DEFAULT))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("the gzip data is truncated or damaged");
    }

    @Test
    void aQuoteThatIsNeverClosedIsSaidToBeOne() {
        assertThatThrownBy(() -> read("time,a,b\n1,1,\"2\n2,1,2\n3,1,2\n"))
                .hasMessage(
                        file()
                                + ": line 2, column \"b\": a quote (\") is opened there and runs"
                                + " over 3 lines; close it, or double it if it is part of the"
                                + " text");
        assertThatThrownBy(() -> read("time,a,b\n1,\"1,2\n2,1,2\n3,1,2\n"))
                .hasMessage(
                        file()
                                + ": line 2: 2 fields; expected 3, as in the header; a field there"
                                + " begins with a quote (\") and runs over 3 lines; close the"
                                + " quote, or double it if it is part of the text");
    }

    @Test
    void theFilesOfADirectoryAreReadAsOneHistory() throws IOException {
        Files.writeString(directory.resolve("2024-01.csv"), "time,a\n1,1\n2,2\n");
        Files.writeString(directory.resolve("2024-02.csv"), "time,a,b\n3,3,9\n");
        Files.writeString(directory.resolve("notes.json"), "{}");
        try (History history = HistoryFiles.read(List.of(directory), CsvOptions.DEFAULT, false)) {
            assertThat(history.series().get(0).values()).containsExactly(1, 2, 3);
            assertThat(history.series().get(1).values()).containsExactly(9);
            assertThat(history.source()).startsWith("2 files");
        }
    }

    @Test
    void filesOfOneSeriesEachTakeTheirKeysFromTheirNames() throws IOException {
        Files.writeString(directory.resolve("north.csv"), "time,value\n1,1\n2,2\n");
        Files.writeString(directory.resolve("south.csv"), "time,value\n2,3\n3,4\n");
        try (History history = HistoryFiles.read(List.of(directory), CsvOptions.DEFAULT, true)) {
            assertThat(history.summaries())
                    .extracting(SeriesSummary::series)
                    .containsExactly("north", "south");
        }
        assertThatThrownBy(() -> HistoryFiles.read(List.of(directory), CsvOptions.DEFAULT, false))
                .hasMessageContaining("south.csv: column \"value\" begins at 1970-01-01T00:00:02Z")
                .hasMessageContaining("prefix their keys with the file names (--key-from-file)");
    }

    private History read(String text) throws IOException {
        Files.writeString(file(), text);
        return read(CsvOptions.DEFAULT);
    }

    private History read(CsvOptions options) throws IOException {
        return CsvHistory.read(file(), options);
    }

    private Path file() {
        return directory.resolve("history.csv");
    }
}
