package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.history.CsvOptions;
import io.tickformer.history.RowRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFeedTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @TempDir Path folder;

    @Test
    void everyRowIsATickAndEveryCellADelivery() throws Exception {
        Path file =
                write(
                        "date,x,y",
                        "2020-01-01 00:00:00,1,10",
                        "2020-01-01 01:00:00,2,",
                        "2020-01-01 02:00:00,3,30");
        try (CsvFeed feed = new CsvFeed(file, CsvOptions.DEFAULT, HOUR)) {
            assertThat(feed.series()).containsExactly("x", "y");
            assertThat(feed.startMillis())
                    .isEqualTo(Instant.parse("2020-01-01T00:00:00Z").toEpochMilli());
            assertThat(feed.next())
                    .extracting(SimulatedRecord::series, SimulatedRecord::value)
                    .containsExactly(tuple("x", 1.0), tuple("y", 10.0));
            assertThat(feed.next()).extracting(SimulatedRecord::series).containsExactly("x");
            assertThat(feed.next()).extracting(SimulatedRecord::value).containsExactly(3.0, 30.0);
            assertThat(feed.hasNext()).isFalse();
        }
    }

    @Test
    void ticksWithoutAnyObservationAreSkipped() throws Exception {
        Path file = write("time,x", "2020-01-01 00:00:00,1", "2021-01-01 00:00:00,2");
        List<SimulatedRecord> deliveries = new ArrayList<>();
        int ticks = 0;
        try (CsvFeed feed = new CsvFeed(file, CsvOptions.DEFAULT, HOUR)) {
            while (feed.hasNext()) {
                deliveries.addAll(feed.next());
                ticks++;
            }
        }
        assertThat(ticks).isEqualTo(2);
        assertThat(deliveries).extracting(SimulatedRecord::value).containsExactly(1.0, 2.0);
    }

    @Test
    void severalRowsMayShareATick() throws Exception {
        Path file =
                write(
                        "time,x",
                        "2020-01-01 00:00:00,1",
                        "2020-01-01 00:30:00,2",
                        "2020-01-01 01:00:00,3");
        try (CsvFeed feed = new CsvFeed(file, CsvOptions.DEFAULT, HOUR)) {
            assertThat(feed.next()).hasSize(2);
            assertThat(feed.next()).hasSize(1);
        }
    }

    @Test
    void theReplayBeginsAfterTheRowsThatWereTrainedOn() throws Exception {
        Path file =
                write(
                        "time,x",
                        "2020-01-01 00:00:00,1",
                        "2020-01-01 01:00:00,2",
                        "2020-01-01 02:00:00,3");
        CsvOptions rest = CsvOptions.DEFAULT.withRows(new RowRange(2, Long.MAX_VALUE));
        try (CsvFeed feed = new CsvFeed(file, rest, HOUR)) {
            assertThat(feed.next()).extracting(SimulatedRecord::value).containsExactly(3.0);
            assertThat(feed.hasNext()).isFalse();
        }
    }

    private static Tuple tuple(Object... values) {
        return Tuple.tuple(values);
    }

    private Path write(String... lines) throws Exception {
        return Files.write(folder.resolve("history.csv"), List.of(lines));
    }
}
