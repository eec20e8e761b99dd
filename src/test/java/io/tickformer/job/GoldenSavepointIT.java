package io.tickformer.job;

import io.tickformer.process.BrokerProcess;
import io.tickformer.testing.SharedServers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Savepoints that released jobs left: the job of today goes on from each as they would have. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class GoldenSavepointIT {
    private static BrokerProcess broker;

    @TempDir private Path folder;

    @BeforeAll
    static void startBroker() {
        broker = SharedServers.broker();
    }

    @ParameterizedTest
    @CsvSource({"canonical, rocksdb", "heap, heap", "rocksdb, rocksdb", "channels, heap"})
    void theJobGoesOnFromTheSavepointOfAReleasedOne(String name, String backend) throws Exception {
        byte[] model = GoldenSavepoints.model(name);
        try (SavedJob job = GoldenSavepoints.job(broker, name, folder)) {
            job.goOnFrom(
                    GoldenSavepoints.path(name).toUri().toString(), model, GoldenSavepoints.HOURS);
            job.run(
                    model,
                    GoldenSavepoints.HOURS,
                    32,
                    SavepointFormatType.CANONICAL,
                    "--job.parallelism=2",
                    "--checkpoint.state-backend=" + backend);

            job.assertEveryForecastOnce();
        }
    }
}
