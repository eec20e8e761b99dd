package io.tickformer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReplayTest {
    @TempDir private Path directory;

    @Test
    void observationsComeInTheOrderOfTimeThenColumnWithoutTheMissingOnes() throws IOException {
        Path file = write("time,a,b\n0,1,2\n1,,\n2,,3\n3,4,");

        assertThat(replay(file, CsvOptions.DEFAULT))
                .containsExactly(
                        new Observation("a", 0, 1),
                        new Observation("b", 0, 2),
                        new Observation("b", 2000, 3),
                        new Observation("a", 3000, 4));
    }

    @Test
    void aReplayGivesWhatReadingTheWholeGives() throws IOException {
        Path file = write("time,a\n0,1\n5,2\n9,3\n12,4");
        CsvOptions options = CsvOptions.DEFAULT.withRows(new RowRange(1, 3));
        SeriesHistory whole = CsvHistory.read(file, options).series().get(0);

        List<Observation> replayed = replay(file, options);

        assertThat(replayed).extracting(Observation::value).containsExactly(2.0, 3.0);
        assertThat(whole.values()).containsExactly(2, 3);
        assertThat(replayed).extracting(Observation::eventTimeMillis).containsExactly(5000L, 9000L);
        assertThat(whole.eventTimeMillis()).containsExactly(5000, 9000);
    }

    @Test
    void aBadRowIsRefusedWhenItsTurnComes() throws IOException {
        Path file = write("time,a\n0,1\n1,x");
        try (CsvReplay replay = new CsvReplay(file, CsvOptions.DEFAULT)) {
            assertThat(replay.next()).isEqualTo(new Observation("a", 0, 1));
            assertThatThrownBy(replay::hasNext)
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("line 3, column \"a\"");
        }
    }

    @Test
    void afterTheLastRowThereIsNoNext() throws IOException {
        Path file = write("time,a\n0,1");
        try (CsvReplay replay = new CsvReplay(file, CsvOptions.DEFAULT)) {
            assertThat(replay.series()).containsExactly("a");
            replay.next();
            assertThat(replay.hasNext()).isFalse();
            assertThatThrownBy(replay::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    private static List<Observation> replay(Path file, CsvOptions options) throws IOException {
        List<Observation> observations = new ArrayList<>();
        try (CsvReplay replay = new CsvReplay(file, options)) {
            replay.forEachRemaining(observations::add);
        }
        return observations;
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("history.csv"), text);
    }
}
