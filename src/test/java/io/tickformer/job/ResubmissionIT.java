package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.RegistryProcess;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.BuildOutput;
import io.tickformer.testing.JvmProbe;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.StandaloneCluster;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar, ONNX Runtime in it, submitted to one TaskManager and cancelled time after time. How
 * often is set by the system property {@code tickformer.resubmissions}; what is left after each is
 * printed.
 */
@Timeout(3600)
final class ResubmissionIT {
    private static final int ROUNDS = Integer.getInteger("tickformer.resubmissions", 4);

    /** Submissions until everything that is loaded once is. */
    private static final int WARM_UP = 2;

    /** A class loader that may stay: a thread of the JVM remembers the code that made it. */
    private static final int REMEMBERED = 1;

    private static final long MEBIBYTE = 1L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final int TICKS = 20;
    private static final String SOURCE = "resubmission-in";
    private static final ForecastSpec SPEC = TestSpecs.streaming(MINUTE, 4, 4, 4, 1, 8, 2, 16);

    /** What the TaskManager holds when no job runs in it. */
    private record Left(
            long classLoaders, long libraries, long metaspace, long resident, long files) {
        static Left in(StandaloneCluster cluster, Path home) throws Exception {
            JvmProbe probe = new JvmProbe(cluster.taskManager().pid());
            long loaders = probe.living("org.apache.flink.util.ChildFirstClassLoader");
            return new Left(
                    loaders,
                    probe.mapped("libonnxruntime.so"),
                    probe.metaspaceBytes(),
                    probe.residentBytes(),
                    bytes(home.resolve("tmp")));
        }

        private static long bytes(Path folder) throws IOException {
            long[] sum = new long[1];
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                            boolean library = file.getFileName().toString().contains("onnxruntime");
                            sum[0] += library ? about.size() : 0;
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
            return sum[0];
        }

        @Override
        public String toString() {
            return "%d class loaders, %d libraries, metaspace %d MiB, resident %d MiB, files %d MiB"
                    .formatted(
                            classLoaders,
                            libraries,
                            metaspace / MEBIBYTE,
                            resident / MEBIBYTE,
                            files / MEBIBYTE);
        }
    }

    @Test
    void nothingOfACancelledSubmissionStaysInTheTaskManager(@TempDir Path home) throws Exception {
        Path model = Files.write(home.resolve("test.onnx"), TestModels.transformer(SPEC, 7));
        BrokerProcess broker = SharedServers.broker();
        RegistryProcess registry = SharedServers.registry();
        try (StandaloneCluster cluster = StandaloneCluster.session(home, properties())) {
            OutputFormat format =
                    OutputFormat.avro(RegistrySettings.of(URI.create(registry.url())));
            publish(broker, format);
            List<Left> rounds = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                String sink = "resubmission-out-" + round;
                String job =
                        cluster.run(BuildOutput.jobJar(), arguments(broker, registry, model, sink));
                awaitForecasts(broker, format, sink);
                cluster.cancel(job);
                rounds.add(Left.in(cluster, home));
                System.out.printf("submission %d: %s%n", round + 1, rounds.get(round));
            }
            assertThat(cluster.taskManager().isAlive()).isTrue();
            Left last = rounds.get(ROUNDS - 1);
            assertThat(last.classLoaders()).isLessThanOrEqualTo(REMEMBERED);
            // One that was mapped already serves those that come later by its name.
            assertThat(last.libraries()).isLessThanOrEqualTo(REMEMBERED + 1);
            assertThat(last.files()).isZero();
            // Less than what one more submission would hold.
            assertThat(last.metaspace() - rounds.get(WARM_UP).metaspace())
                    .isLessThan(20 * MEBIBYTE);
        }
    }

    private static Map<String, String> properties() {
        return Map.of(
                "jobmanager.memory.process.size", "1024m",
                "taskmanager.memory.process.size", "1792m",
                "taskmanager.memory.jvm-metaspace.size", "512m",
                "taskmanager.memory.task.off-heap.size", "256m",
                "taskmanager.numberOfTaskSlots", "1");
    }

    private static List<String> arguments(
            BrokerProcess broker, RegistryProcess registry, Path model, String sink) {
        return List.of(
                "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--registry.url=" + registry.url(),
                "--source.topics=" + SOURCE,
                "--source.start=earliest",
                "--model.path=" + model,
                "--sink.topic=" + sink,
                "--forecast.from=earliest",
                "--checkpoint.interval=1s");
    }

    private static void publish(BrokerProcess broker, OutputFormat format) throws IOException {
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers(), PATIENCE)) {
            topics.create(List.of(SOURCE), 1, 1);
        }
        try (ObservationProducer producer =
                new ObservationProducer(broker.bootstrapServers(), SOURCE, format)) {
            for (int tick = 0; tick < TICKS; tick++) {
                producer.send(new Observation("north", tick * MINUTE + MINUTE / 2, tick % 5));
            }
            producer.flush();
        }
    }

    /** Waits until the job has committed all that it can make of what is there. */
    private static void awaitForecasts(BrokerProcess broker, OutputFormat format, String topic)
            throws IOException {
        int count = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (ForecastTopicReader reader =
                new ForecastTopicReader(broker.bootstrapServers(), topic, format)) {
            while (count < TICKS - 1) {
                assertThat(System.nanoTime()).as("forecasts: %d", count).isLessThan(deadline);
                count += reader.poll(Duration.ofSeconds(1)).size();
            }
        }
    }
}
