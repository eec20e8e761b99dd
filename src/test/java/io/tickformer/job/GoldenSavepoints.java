package io.tickformer.job;

import io.tickformer.process.BrokerProcess;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.testing.Repository;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * Whole savepoints of released jobs, one file each, and the models that left them. {@link #main}
 * makes those of today; the README beside them says when.
 */
final class GoldenSavepoints {
    /** The release whose layouts are written today. */
    static final String RELEASE = "0.1.0";

    /** Written to be read by any state backend. */
    static final String CANONICAL = "canonical";

    /** Written as the heap keeps its state. */
    static final String HEAP = "heap";

    /** Written as RocksDB keeps its state. */
    static final String ROCKSDB = "rocksdb";

    /** Of a model that mixes the channels of a record, to be read by any state backend. */
    static final String CHANNELS = "channels";

    /** Hours of records that each has seen, of which the last is open. */
    static final int HOURS = 26;

    static final List<String> FIELD = List.of("value");
    static final List<String> FIELDS = List.of("kw", "volt");

    /** T = 10 hours. Written out, as the savepoints hold its half-life and lengths. */
    static final ForecastSpec SPEC =
            TestSpecs.streaming(3_600_000, 2, 3, 4, 2, 8, 2, 16)
                    .withQuantileLevels(List.of(0.1, 0.5, 0.9))
                    .withNormalisation(new Normalisation(16, 4));

    private GoldenSavepoints() {}

    /** Makes the savepoints of this release anew. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("golden-savepoints");
        try (BrokerProcess broker = BrokerProcess.start()) {
            make(broker, CANONICAL, SavepointFormatType.CANONICAL, "heap", folder);
            make(broker, HEAP, SavepointFormatType.NATIVE, "heap", folder);
            make(broker, ROCKSDB, SavepointFormatType.NATIVE, "rocksdb", folder);
            make(broker, CHANNELS, SavepointFormatType.CANONICAL, "heap", folder);
        }
    }

    private static void make(
            BrokerProcess broker,
            String name,
            SavepointFormatType format,
            String backend,
            Path folder)
            throws Exception {
        try (SavedJob job = job(broker, name, folder)) {
            String savepoint =
                    job.run(
                            model(name),
                            0,
                            HOURS,
                            format,
                            "--job.parallelism=1",
                            "--checkpoint.state-backend=" + backend,
                            // All in one file.
                            "--flink.execution.checkpointing.data-inline-threshold=1 mb");
            Path target = Files.createDirectories(path(name));
            Files.copy(
                    Path.of(URI.create(savepoint)).resolve("_metadata"),
                    target.resolve("_metadata"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The job that left a savepoint or, on a new broker, one to go on from it. */
    static SavedJob job(BrokerProcess broker, String name, Path folder) throws IOException {
        return new SavedJob(
                broker.bootstrapServers(),
                "golden-" + name,
                name.equals(CHANNELS) ? FIELDS : FIELD,
                1,
                folder);
    }

    /** The model that left a savepoint. */
    static byte[] model(String name) {
        return TestModels.transformer(name.equals(CHANNELS) ? SPEC.withChannels(FIELDS) : SPEC, 7);
    }

    /** The folder of a savepoint. */
    static Path path(String name) {
        return Repository.root().resolve("src/test/resources/state").resolve(RELEASE).resolve(name);
    }
}
