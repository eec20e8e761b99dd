package io.tickformer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.History;
import io.tickformer.history.HistoryException;
import io.tickformer.history.HistoryFiles;
import io.tickformer.history.SeriesHistory;
import io.tickformer.history.TickLengthDetector;
import io.tickformer.history.TickSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class CsvFuzzTest {
    private static final int MOST_TICKS = 100_000;

    @FuzzTest
    void everyTableIsReadOrRefusedByName(byte[] content) throws IOException {
        Path file = Files.createTempFile("fuzz", ".csv");
        try {
            Files.write(file, content);
            read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void read(Path file) throws IOException {
        try (History history = HistoryFiles.read(List.of(file), CsvOptions.DEFAULT, false)) {
            for (SeriesHistory series : history.series()) {
                assertThat(series.values()).isNotEmpty().doesNotContain(Double.NaN);
            }
            long tick = TickLengthDetector.detect(history);
            assertThat(tick).isPositive();
            for (SeriesHistory series : history.series()) {
                long[] times = series.eventTimeMillis();
                if (times[times.length - 1] / tick - times[0] / tick < MOST_TICKS) {
                    TickSeries.of(series, TickDefinition.of(tick, TickAggregate.MEAN));
                }
            }
        } catch (HistoryException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(3_000);
        }
    }
}
