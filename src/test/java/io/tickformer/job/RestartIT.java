package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.JavaProcess;
import io.tickformer.process.RegistryProcess;
import io.tickformer.spec.Normalisation;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that are stopped or killed and start again without a savepoint: together they issue what one
 * undisturbed run would, each forecast once.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class RestartIT {
    private static final long HOUR = RestartedJob.HOUR;

    /** T = 16 hours. */
    private static final byte[] MODEL =
            TestModels.transformer(
                    TestSpecs.streaming(HOUR, 4, 4, 4, 1, 8, 2, 16)
                            .withNormalisation(new Normalisation(16, 4)),
                    7);

    private static final List<String> LIVELY = List.of("a", "b", "c");

    @TempDir private static Path folder;
    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker() {
        broker = SharedServers.broker();
    }

    @Test
    void stoppedTwiceWithTicksOpenAndTicksInBetweenItIssuesWhatOneRunWould() throws Exception {
        try (RestartedJob job = job("stopped", OutputFormat.json(), hoursAgo(100))) {
            String[] settings = {"--sink.format=json", "--forecast.from=earliest"};
            JobClient first = job.start(settings);
            job.send(List.of("a", "b", "c", "silent"), 0, 10);
            job.sendRaw("a", job.at(5), "no JSON");
            // The tick of hour 30 is open at the stop.
            job.send(LIVELY, 10, 61);
            job.awaitForecasts(0, 29);
            job.awaitCommitted(194);
            first.cancel().get();
            assertThat(job.notices()).noneMatch(notice -> notice.contains("started before"));

            // The silent series speaks again, one speaks for the first time.
            job.send(LIVELY, 61, 70);
            job.send(List.of("a", "b", "c", "silent", "new"), 70, 81);
            JobClient second = job.start(settings);
            job.send(List.of("a", "b", "c", "silent", "new"), 81, 85);
            job.awaitForecasts(0, 41);
            second.cancel().get();
            assertThat(job.notices().get(0))
                    .matches("the job was started before: it re-reads \\d\\d h of its topics, .*");
            assertThat(job.notices().get(1))
                    .isEqualTo(
                            "4 series continue after their newest forecast in the topic"
                                    + " stopped-out");

            JobClient third = job.start(settings);
            job.send(List.of("a", "b", "c", "silent", "new"), 85, 101);
            job.awaitForecasts(0, 49);
            third.cancel().get();

            job.assertEachOnce(0, 49);
            assertThat(KafkaRecords.await(broker.bootstrapServers(), "stopped-dead", 1)).hasSize(1);
        }
    }

    @Test
    void killedAgainAndAgainItIssuesAvroForecastsOnce() throws Exception {
        RegistryProcess registry = SharedServers.registry();
        try (RestartedJob job =
                job(
                        "killed",
                        OutputFormat.avro(RegistrySettings.of(URI.create(registry.url()))),
                        hoursAgo(100))) {
            String[] settings = {
                "--registry.url=" + registry.url(),
                "--forecast.from=earliest",
                "--checkpoint.interval=2 s"
            };
            job.send(LIVELY, 0, 41);
            kill(job, 19, settings);
            job.send(LIVELY, 41, 61);
            kill(job, 29, settings);
            job.send(LIVELY, 61, 81);
            JobClient last = job.start(settings);
            job.awaitForecasts(0, 39);
            last.cancel().get();

            job.assertEachOnce(0, 39);
        }
    }

    /** Kills the job while forecasts are written that are not committed. */
    private static void kill(RestartedJob job, int hour, String... settings) throws Exception {
        try (JavaProcess process = job.startProcess(settings)) {
            job.awaitForecasts(0, hour, process::isAlive);
            process.kill();
        }
    }

    @Test
    void stoppedBeforeItsFirstCheckpointItGoesBackNoFurtherAndRepeatsNothing() throws Exception {
        try (RestartedJob job = job("unsaved", OutputFormat.json(), hoursAgo(200))) {
            String[] settings = {
                "--sink.format=json", "--forecast.from=earliest", "--sink.delivery=at-least-once"
            };
            JobClient first = job.start(settings);
            job.send(LIVELY, 0, 201);
            job.awaitForecasts(0, 99);
            job.awaitCommitted(600);
            first.cancel().get();

            List<String> notices = null;
            for (int start = 0; start < 3; start++) {
                JobClient next =
                        job.start(
                                "--sink.format=json",
                                "--forecast.from=earliest",
                                "--sink.delivery=at-least-once",
                                "--checkpoint.interval=1 h");
                job.send(LIVELY, 201 + 4 * start, 205 + 4 * start);
                job.awaitForecasts(0, 101 + 2 * start);
                next.cancel().get();
                assertThat(notices == null || notices.equals(job.notices())).isTrue();
                notices = List.copyOf(job.notices());
            }

            job.assertEachOnce(0, 105);
        }
    }

    @Test
    void ticksThatEndedWhileItWasDownAreForecastWhateverForecastFromSays() throws Exception {
        try (RestartedJob job = job("down", OutputFormat.json(), hoursAgo(100))) {
            job.send(LIVELY, 0, 49);
            JobClient first =
                    job.start("--sink.format=json", "--forecast.from=" + instant(job.at(20)));
            job.awaitForecasts(20, 23);
            first.cancel().get();

            job.send(List.of("a", "b", "c", "new"), 49, 60);
            JobClient second = job.start("--sink.format=json", "--forecast.from=start");
            job.send(List.of("a", "b", "c", "new"), 60, 63);
            job.awaitForecasts(20, 30);
            second.cancel().get();

            job.assertEachOnce(20, 30);
        }
    }

    private static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static RestartedJob job(String name, OutputFormat output, long startMillis)
            throws Exception {
        return new RestartedJob(
                broker.bootstrapServers(), name, output, MODEL, startMillis, folder);
    }

    private static long hoursAgo(int hours) {
        return Instant.now().minus(Duration.ofHours(hours)).toEpochMilli() / HOUR * HOUR;
    }
}
