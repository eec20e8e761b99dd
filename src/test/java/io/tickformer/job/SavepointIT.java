package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.process.BrokerProcess;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that are stopped with a savepoint and go on from it as other jobs: each forecast that is due
 * is committed once, and is the one that the contexts give.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class SavepointIT {
    private static final SavepointFormatType CANONICAL = SavepointFormatType.CANONICAL;
    private static final String HEAP = "--checkpoint.state-backend=heap";
    private static final String ROCKSDB = "--checkpoint.state-backend=rocksdb";

    /** T = 10 hours. */
    private static final ForecastSpec SPEC = TestModels.STREAMING.withTickMillis(SavedJob.HOUR);

    private static BrokerProcess broker;

    @TempDir private Path folder;

    @BeforeAll
    static void startBroker() {
        broker = SharedServers.broker();
    }

    @Test
    void oneSubtaskThenFourThenTwoOnTheHeapThenRocksDbThenTheHeapIssueWhatOneJobWould()
            throws Exception {
        byte[] model = TestModels.transformer(SPEC, 7);
        try (SavedJob job = job("scaled", List.of("value"))) {
            job.run(model, 0, 20, CANONICAL, HEAP, "--job.parallelism=1");
            job.run(model, 20, 32, CANONICAL, ROCKSDB, "--job.parallelism=4");
            job.run(model, 32, 44, CANONICAL, HEAP, "--job.parallelism=2");

            job.assertEveryForecastOnce();
        }
    }

    @Test
    void newVersionsOfAModelWithShorterAndLongerContextsGoOnWithTheContexts() throws Exception {
        byte[] first = TestModels.transformer(SPEC, 7, "1");
        byte[] newer = TestModels.transformer(SPEC, 8, "2");
        byte[] shorter = TestModels.transformer(ofWindow(2), 9, "3");
        byte[] longer = TestModels.transformer(ofWindow(4), 9, "4");
        try (SavedJob job = job("renewed", List.of("value"))) {
            job.run(first, 0, 20, CANONICAL, HEAP, "--job.parallelism=1");
            job.run(newer, 20, 24, CANONICAL, ROCKSDB, "--job.parallelism=1");
            job.run(shorter, 24, 31, CANONICAL, ROCKSDB, "--job.parallelism=1");
            job.run(longer, 31, 44, CANONICAL, HEAP, "--job.parallelism=1");

            job.assertEveryForecastOnce();
            // It is the next forecast that is of the new model, and one of no less.
            assertThat(of(job, "1", "a")).hasSize(19 - 2).isNotEmpty();
            assertThat(of(job, "2", "a").get(0).quality()).isEqualTo(ForecastQuality.OK);
            assertThat(of(job, "3", "a").get(0).quality()).isEqualTo(ForecastQuality.OK);
            assertThat(of(job, "4", "a"))
                    .last()
                    .extracting(Forecast::quality)
                    .isEqualTo(ForecastQuality.OK);
        }
    }

    @Test
    void aJobOfRecordsWithChannelsGoesOnWithItsOpenTicksAndContexts() throws Exception {
        List<String> fields = List.of("kw", "volt");
        byte[] model = TestModels.transformer(SPEC.withChannels(fields), 7);
        try (SavedJob job = job("channels", fields)) {
            job.run(model, 0, 20, CANONICAL, HEAP, "--job.parallelism=1");
            job.run(model, 20, 32, CANONICAL, ROCKSDB, "--job.parallelism=2");

            job.assertEveryForecastOnce();
            assertThat(job.issued()).extracting(Forecast::series).contains("a/kw", "e/volt");
        }
    }

    /** Flink would restart it without end, as it does by default. */
    @Test
    void aJobWhoseSavepointDoesNotFitEndsAtOnceWhereNothingWasSaidBefore() throws Exception {
        byte[] model =
                TestModels.transformer(GoldenSavepoints.SPEC.withTickMillis(SavedJob.HOUR / 2), 7);
        String savepoint = GoldenSavepoints.path(GoldenSavepoints.CANONICAL).toString();
        try (SavedJob job = job("golden-canonical", GoldenSavepoints.FIELD)) {
            JobClient client = job.startFrom(savepoint, model, "--checkpoint.preflight=false");

            assertThatThrownBy(() -> client.getJobExecutionResult().get())
                    .rootCause()
                    .hasMessageContaining("the saved contexts cannot go on with this model");
        }
    }

    private SavedJob job(String name, List<String> fields) throws Exception {
        return new SavedJob(broker.bootstrapServers(), name, fields, 2, folder);
    }

    /** T = 6 with a window of 2, 14 with one of 4. */
    private static ForecastSpec ofWindow(int window) {
        return TestSpecs.streaming(SavedJob.HOUR, 2, window, 4, 2, 8, 2, 16)
                .withQuantileLevels(SPEC.quantileLevels())
                .withNormalisation(SPEC.normalisation());
    }

    private static List<Forecast> of(SavedJob job, String version, String series) {
        return job.issued().stream()
                .filter(each -> each.modelVersion().equals(version))
                .filter(each -> each.series().equals(series))
                .toList();
    }
}
