package io.tickformer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Common defects of CSV files are read correctly or reported in one line. */
final class CsvDefectsTest {
    private static final String TABLE = "date,Größe\n2016-07-01,1.5\n2016-07-02,2\n";

    @TempDir private Path directory;

    static Stream<Arguments> defects() {
        return Stream.of(
                arguments(
                        "date;a\n2016-07-01;1,5",
                        "line 1: the header is one column, \"date;a\"; expected columns separated"
                                + " by commas, not by \";\", and numbers with a decimal point"),
                arguments(
                        "date\ta\n2016-07-01\t1",
                        "expected columns separated by commas, not by \"tab\""),
                arguments("date,a\n2016-07-01;1", "line 2: 1 fields; expected 2, as in the header"),
                arguments("date,a\n2016-07-01,1,5", "line 2: 3 fields; expected 2"),
                arguments(
                        "date,a\n2016-07-01,\"1,5\"",
                        "line 2, column \"a\": \"1,5\" is not a finite number; expected one, or an"
                                + " empty cell for a missing value; use a decimal point and no"
                                + " thousands separator"),
                arguments(
                        "date,a\n2016-07-01,$1.50",
                        "line 2, column \"a\": \"$1.50\" is not a finite number"),
                arguments("date,a\n2016-07-01,1 234", "\"1 234\" is not a finite number"),
                arguments("date,a\n2016-07-01,12%", "\"12%\" is not a finite number"),
                arguments(
                        "date,a\n2016-07-01,Inf\n2016-07-02,1",
                        "line 2, column \"a\": \"Inf\" is not a finite"),
                arguments(
                        "date,a\n2016-07-01,1\n2016-07-02,-Infinity",
                        "line 3, column \"a\": \"-Infinity\" is no"),
                // Not the key of a long table, and not a column of text that is left out.
                arguments(
                        "date,a,b\n2016-07-01,-,1\n2016-07-02,5,2",
                        "line 2, column \"a\": \"-\" is not a finite"),
                arguments(
                        "date,a,b\n2016-07-01,off,1\n2016-07-02,5,2\n2016-07-03,6,3",
                        "line 2, column \"a\": \"off\" is not a finite number"),
                arguments(
                        """
                        date,a,b,note
                        2016-07-01,1,1,"open
                        2016-07-02,2,2,x
                        2016-07-03,3,3,y
                        """,
                        "line 2: a quote (\") is opened there and never closed"),
                arguments(
                        "date,a\n1467331200,1\nNaN,2",
                        "line 3, column \"date\": \"NaN\" is not an event time"),
                arguments(
                        "date,a\n1467331200,1\n1e9,2",
                        "line 3, column \"date\": \"1e9\" is not an event time"),
                arguments(
                        "date,a\n1467331200000,1\n1467331260,2",
                        "line 3, column \"date\": \"1467331260\" is no"),
                arguments(
                        "date,a\n1467331200,1\n1467331260000,2",
                        "line 3, column \"date\": \"1467331260000\" is no"),
                arguments(
                        "date,a\n2016-07-01T00:00:00,1\n2016-07-01T01:00:00+02:00,2",
                        "line 3, column \"date\""),
                arguments(
                        "date,a\n01.07.2016,1",
                        "line 2, column \"date\": \"01.07.2016\" is not an event time"),
                arguments(
                        "date,a\n07/01/2016,1",
                        "line 2, column \"date\": \"07/01/2016\" is not an event time"),
                arguments(
                        "date,a\n2016-02-30,1",
                        "line 2, column \"date\": \"2016-02-30\" is not an event time"),
                arguments(
                        "date,a\n99999999999999999,1",
                        "\"99999999999999999\" is not an event time"),
                arguments("date,a\n2016-07-01,1\u0000", "line 2: there is a control character (0)"),
                arguments("PK\u0003\u0004 sheet", "this is a zip or Excel file; expected CSV"),
                arguments("2016-07-01,1\n2016-07-02,2", "check that the first line is a header"),
                arguments("\n\n", "the file is empty"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void aDefectIsOneLineThatNamesItsPlace(String text, String words) {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), words);
    }

    @Test
    void textInAnotherEncodingIsRefusedAndNotBent() {
        assertRefused(
                TABLE.getBytes(StandardCharsets.ISO_8859_1),
                "line 1 or soon after: this is not text in UTF-8");
        assertRefused(
                TABLE.replace("Größe", "a").getBytes(StandardCharsets.UTF_16LE),
                "or text in UTF-16 without a byte order mark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aByteOrderMarkSaysTheEncoding(String encoding) throws IOException {
        Files.write(file(), ("\uFEFF" + TABLE).getBytes(Charset.forName(encoding)));

        assertThat(read().series().get(0).series()).isEqualTo("Größe");
        assertThat(read().series().get(0).values()).containsExactly(1.5, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r", "\n\n"})
    void linesMayEndInAnyWay(String end) throws IOException {
        Files.writeString(file(), TABLE.replace("\n", end));

        assertThat(read().series().get(0).values()).containsExactly(1.5, 2);
    }

    @Test
    void aQuotedTextMayHoldLinesQuotesAndCommas() throws IOException {
        Files.writeString(
                file(),
                """
                date,a,b,note
                2016-07-01,1,1,"two
                lines, ""both"" read"
                2016-07-02,2,2,5" pipe
                """);

        assertThat(read().series().get(0).values()).containsExactly(1, 2);
    }

    @Test
    void offsetsMayChangeAsDaylightSavingChangesThem() throws IOException {
        Files.writeString(
                file(), "date,a\n2016-03-27T01:00:00+01:00,1\n2016-03-27T03:00:00+02:00,2\n");

        long[] times = read().series().get(0).eventTimeMillis();
        assertThat(times[1] - times[0]).isEqualTo(3_600_000);
    }

    @Test
    void timesMayRepeat() throws IOException {
        Files.writeString(file(), "date,a,b\n2016-07-01,1,1\n2016-07-01,2,2\n");

        assertThat(read().series().get(0).values()).containsExactly(1, 2);
    }

    @Test
    void gzipThatIsCutShortIsNamed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(TABLE.repeat(50).getBytes(StandardCharsets.UTF_8));
        }
        for (int length : new int[] {3, 12, bytes.size() / 2, bytes.size() - 1}) {
            assertRefused(Arrays.copyOf(bytes.toByteArray(), length), "truncated or damaged");
        }
    }

    @Test
    void oneVeryLongLineIsRefusedInAShortOne() {
        assertRefused(
                ("date,a\n" + "1".repeat(20_000_000)).getBytes(StandardCharsets.UTF_8),
                "after line 1");
        assertRefused(
                ("date,a\n2016-07-01," + "x".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8),
                "no numeric column");
    }

    @Test
    void aMillionColumnsAreRefusedAndTenThousandRead() throws IOException {
        assertRefused(columns(1_000_000), "after line 0: this is not CSV: ");
        Files.write(file(), columns(10_000));
        assertThat(read().series()).hasSize(10_000);
    }

    private static byte[] columns(int count) {
        String header =
                IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        return ("date," + header + "\n2016-07-01" + ",1".repeat(count) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aBinaryFileIsRefused() {
        for (int seed = 0; seed < 20; seed++) {
            byte[] bytes = new byte[5_000];
            new Random(seed).nextBytes(bytes);
            assertRefused(bytes, "");
        }
    }

    @Test
    void aDeviceIsNoFile() {
        assertThatThrownBy(
                        () ->
                                HistoryFiles.read(
                                        List.of(Path.of("/dev/null")), CsvOptions.DEFAULT, false))
                .isInstanceOf(HistoryException.class)
                .hasMessage("/dev/null: this is a device or a pipe; expected a file");
    }

    private void assertRefused(byte[] content, String words) {
        assertThatThrownBy(
                        () -> {
                            Files.write(file(), content);
                            read();
                        })
                .isInstanceOf(HistoryException.class)
                .hasMessageStartingWith(file().toString())
                .hasMessageContaining(words)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_500));
    }

    private History read() throws IOException {
        return CsvHistory.read(file(), CsvOptions.DEFAULT);
    }

    private Path file() {
        return directory.resolve("history.csv");
    }
}
