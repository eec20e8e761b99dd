package io.tickformer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvHistoryTest {
    private static final long JULY = 1_467_331_200_000L; // 2016-07-01T00:00:00Z

    @TempDir private Path directory;

    @Test
    void everyNumericColumnIsASeries() throws IOException {
        History history =
                read(
                        """
                        date,load,site,temp
                        2016-07-01 00:00:00,1.5,a,-2
                        2016-07-01 01:00:00,2,b,3e1
                        """);

        assertThat(history.series())
                .extracting(SeriesHistory::series)
                .containsExactly("load", "temp");
        assertThat(history.series().get(0).eventTimeMillis())
                .containsExactly(JULY, JULY + 3_600_000);
        assertThat(history.series().get(0).values()).containsExactly(1.5, 2);
        assertThat(history.series().get(1).values()).containsExactly(-2, 30);
        assertThat(history.source()).isEqualTo(file() + ", lines 2 to 3");
    }

    @Test
    void emptyCellsAndNaNAreMissing() throws IOException {
        History history = read("time,a,b\n0,,1\n1,NaN,2\n2,3,na");

        assertThat(history.series().get(0).values()).containsExactly(3);
        assertThat(history.series().get(1).values()).containsExactly(1, 2);
    }

    @Test
    void everyWayToWriteATimeIsRead() throws IOException {
        for (String cell :
                List.of(
                        "2016-07-01T00:00:00Z",
                        "2016-07-01T02:00:00+02:00",
                        "2016-07-01T00:00:00",
                        "2016-07-01T00:00:00.000",
                        "2016-07-01 00:00:00",
                        "2016-07-01 00:00",
                        "2016-07-01",
                        "2016/7/1 0:00",
                        "20160701",
                        "201607010000",
                        "20160701000000",
                        "1467331200",
                        "1467331200.0",
                        "1467331200000")) {
            assertThat(read("time,a\n" + cell + ",1").series().get(0).eventTimeMillis())
                    .as(cell)
                    .containsExactly(JULY);
        }
    }

    @Test
    void theTimeColumnAndTheSeriesCanBeNamed() throws IOException {
        write("a,when,b,c\n1,0,2,3\n4,1,5,6");
        History history =
                CsvHistory.read(file(), new CsvOptions("when", List.of("c", "a"), RowRange.ALL));

        assertThat(history.series()).extracting(SeriesHistory::series).containsExactly("a", "c");
        assertThat(history.series().get(1).values()).containsExactly(3, 6);
    }

    @Test
    void aColumnWithoutANameIsNoSeries() throws IOException {
        assertThat(read(",time,a\n0,0,1").series())
                .extracting(SeriesHistory::series)
                .containsExactly("a");
    }

    @Test
    void rowsOutsideTheRangeAreNotRead() throws IOException {
        write("time,a\n0,1\n1,2\n2,3\n3,oops");
        History history =
                CsvHistory.read(file(), CsvOptions.DEFAULT.withRows(RowRange.parse("1:3")));

        assertThat(history.series().get(0).values()).containsExactly(2, 3);
        assertThat(history.source()).isEqualTo(file() + ", lines 3 to 4");
    }

    @Test
    void aRangeBeyondTheFileIsRefused() throws IOException {
        write("time,a\n0,1\n1,2");

        assertThatThrownBy(
                        () ->
                                CsvHistory.read(
                                        file(), CsvOptions.DEFAULT.withRows(RowRange.parse("5:9"))))
                .isInstanceOf(HistoryException.class)
                .hasMessage(file() + ": rows 5:9 requested; the file has 2");
    }

    @Test
    void aMissingTimeColumnIsNamed() {
        assertRefused(
                "day,a\n0,1",
                ": line 1: none of the columns day, a is named date, time or timestamp; name the"
                        + " column of event times (--time-column), and check that the first line is a"
                        + " header");
        assertThatThrownBy(
                        () ->
                                CsvHistory.read(
                                        file(), new CsvOptions("ts", List.of(), RowRange.ALL)))
                .hasMessage(file() + ": line 1: there is no column \"ts\"; the columns are day, a");
    }

    @Test
    void aMissingSeriesColumnIsNamed() throws IOException {
        write("time,a\n0,1");

        assertThatThrownBy(
                        () ->
                                CsvHistory.read(
                                        file(), new CsvOptions(null, List.of("b"), RowRange.ALL)))
                .isInstanceOf(HistoryException.class)
                .hasMessage(file() + ": line 1: there is no column \"b\"; the columns are time, a");
    }

    @Test
    void aTimeThatGoesBackIsRefusedWithBothLines() {
        assertRefused(
                "date,a,b\n2016-07-01,1,1\n2016-07-03,2,1\n2016-07-02,3,1",
                ": line 4, column \"date\": 2016-07-02 is before 2016-07-03 on line 3; event times"
                        + " must not go back; sort the file by this column, or name the column of"
                        + " series keys (--key-column)");
    }

    @Test
    void timesOfTheOneSeriesOfAFileMayGoBack() throws IOException {
        History history = read("date,a\n2016-07-01,1\n2016-07-03,2\n2016-07-02,3");

        assertThat(history.series().get(0).values()).containsExactly(1, 3, 2);
    }

    @Test
    void aCellThatIsNoTimeIsRefused() {
        assertRefused(
                "date,a\nyesterday,1",
                ": line 2, column \"date\": \"yesterday\" is not an event time; expected ISO 8601"
                        + " (2016-07-01T00:00:00Z), yyyy-MM-dd HH:mm:ss in UTC, yyyyMMdd, or"
                        + " seconds or milliseconds since 1970");
        assertRefused(
                "date,a\n2016-07-01,1\n\n2016-13-01,1",
                ": line 4, column \"date\": \"2016-13-01\" is not an event time; expected a time"
                        + " written like 2016-07-01 on line 2");
    }

    @Test
    void aCellThatIsNoNumberIsRefused() {
        assertRefused(
                "date,a,load\n2016-07-01,1,2\n2016-07-02,1,abc",
                ": line 3, column \"load\": \"abc\" is not a finite number; expected one, or an empty"
                        + " cell for a missing value");
        assertRefused(
                "date,a\n2016-07-01,1\n2016-07-02,1e999",
                ": line 3, column \"a\": \"1e999\" is not a finite number; expected one, or an empty"
                        + " cell for a missing value");
    }

    @Test
    void aFileWithoutANumericColumnIsRefused() {
        assertRefused(
                "date,site\n2016-07-01,a\n2016-07-02,b",
                ": line 1: no numeric column besides the time column \"date\"; the columns are"
                        + " date, site");
    }

    @Test
    void aColumnWithoutAnyValueIsRefused() {
        assertRefused(
                "date,a,b\n2016-07-01,1,NaN\n2016-07-02,2,",
                ", lines 2 to 3, column \"b\": every value is missing; leave out the column"
                        + " (--columns) or select other rows (--rows)");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertRefused(
                "date,a\n2016-07-01,1\n2016-07-02",
                ": line 3: 1 fields; expected 2, as in the header");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        assertRefused(
                "date,a,a\n2016-07-01,1,2",
                ": line 1: two columns are named \"a\"; expected different names");
    }

    @Test
    void anEmptyFileAndAHeaderAloneAreRefused() {
        assertRefused("", ": the file is empty; expected a header line with column names");
        assertRefused("date,a\n", ": no rows after the header");
    }

    @Test
    void aMissingFileAndADirectoryAreSaidSo() {
        assertThatThrownBy(() -> CsvHistory.read(file(), CsvOptions.DEFAULT))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> CsvHistory.read(directory, CsvOptions.DEFAULT))
                .hasMessage(directory + ": the directory holds no file named .csv or .csv.gz");
    }

    @Test
    void theFingerprintDependsOnWhatWasReadAlone() throws IOException {
        String first = read("date,a\n2016-07-01,1\n2016-07-02,2").fingerprint();

        assertThat(read("date,a\n2016-07-01T00:00:00Z,1.0\n2016-07-02,2").fingerprint())
                .isEqualTo(first)
                .matches("[0-9a-f]{64}");
        assertThat(read("date,a\n2016-07-01,1\n2016-07-02,3").fingerprint()).isNotEqualTo(first);
        assertThat(read("date,b\n2016-07-01,1\n2016-07-02,2").fingerprint()).isNotEqualTo(first);
    }

    private void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(HistoryException.class)
                .hasMessage(file() + message);
    }

    private History read(String text) throws IOException {
        write(text);
        return CsvHistory.read(file(), CsvOptions.DEFAULT);
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private Path file() {
        return directory.resolve("history.csv");
    }
}
