package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.job.RuntimeOptions.StateBackend;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestSpecs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScalingIT {
    private static final int SERIES = 300;

    @Test
    void aFleetOnDiskIsForecastAndCheckpointedAndLeavesNothingBehind() throws Exception {
        List<Path> before = folders();
        ForecastSpec spec =
                TestSpecs.streaming(1_000, 2, 3, 4, 2, 16, 1, 32)
                        .withTickMeaning(FleetTicks.MEANING);

        FleetFigures figures =
                FleetRun.run(
                        new FleetBenchSetup(
                                BenchModel.onnx(spec),
                                spec,
                                SERIES,
                                StateBackend.ROCKSDB,
                                1,
                                64L << 20,
                                Map.of(),
                                Duration.ofMillis(200)));

        assertThat(figures.forecasts()).isGreaterThanOrEqualTo(SERIES);
        assertThat(figures.micros()).isPositive();
        assertThat(figures.contextBytes()).isGreaterThan(8L * spec.contextLength());
        assertThat(figures.checkpointBytes()).isGreaterThan((double) figures.contextBytes());
        assertThat(figures.values()).hasSameSizeAs(FleetFigures.COLUMNS.toArray());
        assertThat(folders()).isEqualTo(before);
    }

    private static List<Path> folders() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().contains("-fleet-"))
                    .sorted()
                    .toList();
        }
    }
}
