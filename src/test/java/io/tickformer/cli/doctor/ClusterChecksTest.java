package io.tickformer.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tickformer.testing.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of a Flink cluster and its checkpoints. */
final class ClusterChecksTest {
    @TempDir private Path folder;
    private HttpServer http;
    private URI address;

    private String version = EnvironmentInformation.getVersion();
    private int free = 4;
    private String taskManagers =
            "{\"id\":\"a\",\"path\":\"pekko.tcp://flink@10.0.0.1:6122/user/rpc/taskmanager_0\"}";
    private String configuration = "";
    private String classPath = "\"/opt/flink/lib/flink-dist-2.3.0.jar\"";

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/config", () -> "{\"flink-version\":\"%s\"}".formatted(version));
        answer("/overview", () -> "{\"slots-total\":4,\"slots-available\":%d}".formatted(free));
        answer("/taskmanagers", () -> "{\"taskmanagers\":[%s]}".formatted(taskManagers));
        answer("/jobmanager/config", () -> "[%s]".formatted(configuration));
        answer(
                "/jobmanager/environment",
                () -> "{\"jvm\":{},\"classpath\":[%s]}".formatted(classPath));
        http.start();
        address = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private interface Text {
        String get();
    }

    private void answer(String path, Text text) {
        http.createContext(
                path,
                exchange -> {
                    byte[] body = text.get().getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }

    private static String set(String key, String value) {
        return "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(key, value);
    }

    private List<Finding> found(String... settings) throws Exception {
        return Examined.by(new ClusterCheck(), Examined.at(address, settings));
    }

    private Finding checkpoints(String... settings) throws Exception {
        Examination examination = Examined.at(address, settings);
        Examined.by(new ClusterCheck(), examination);
        return Examined.only(Examined.by(new CheckpointsCheck(), examination), Subject.CHECKPOINTS);
    }

    @Test
    void aClusterOfOurVersionWithFreeSlotsIsFine() throws Exception {
        assertThat(found("--job.parallelism=4"))
                .extracting(Finding::status)
                .containsOnly(Status.OK);
        assertThat(found().get(0).seen()).contains("1 TaskManager on 1 machine, 4 of 4 slots free");
    }

    @Test
    void itsAddressMayComeFromTheSettings() throws Exception {
        List<Finding> found =
                Examined.by(
                        new ClusterCheck(),
                        Examined.of(
                                "--flink.rest.address=127.0.0.1",
                                "--flink.rest.port=" + address.getPort()));

        assertThat(found.get(0).status()).isEqualTo(Status.OK);
    }

    @Test
    void aClusterOfAnotherMinorVersionIsAProblem() throws Exception {
        version = "1.20.1";

        assertThat(found().get(0))
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .contains("Flink 1.20.1", "the job is built for Flink 2.3");
    }

    @Test
    void tooFewSlotsAreAWarning() throws Exception {
        free = 1;

        assertThat(found("--job.parallelism=2").get(0))
                .returns(Status.WARNING, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .endsWith("the job needs 2 slots");
        configuration = set("parallelism.default", "3");
        assertThat(found().get(0).seen()).endsWith("the job needs 3 slots");
    }

    @Test
    void aWarningFailsTheCommandOnlyWithStrict() {
        free = 1;

        CommandRun run = CommandRun.of("doctor", "--cluster=" + address, "--job.parallelism=2");

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).containsPattern("warning +cluster ");
        assertThat(
                        CommandRun.of(
                                        "doctor",
                                        "--strict",
                                        "--cluster=" + address,
                                        "--job.parallelism=2")
                                .code())
                .isEqualTo(3);
    }

    @Test
    void theRuntimeInLibAndItsPatternBelongTogether() throws Exception {
        String pattern = set("classloader.parent-first-patterns.additional", "ai.onnxruntime");
        String jar = "\"/opt/flink/lib/onnxruntime-1.29.0.jar\"";

        assertThat(found().get(1).seen()).contains("from the job jar");
        classPath = jar;
        assertThat(found().get(1).status()).isEqualTo(Status.WARNING);
        configuration = pattern;
        assertThat(found().get(1))
                .returns(Status.OK, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .contains("loaded once");
        classPath = "\"/opt/flink/lib/flink-dist.jar\"";
        assertThat(found().get(1).advice()).contains("put the onnxruntime jar into lib");
    }

    @Test
    void aPageInThePlaceOfTheRestInterfaceIsAProblem() throws Exception {
        http.removeContext("/config");
        answer("/config", () -> "<html>proxy</html>");

        assertThat(found().get(0))
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .endsWith("/config is not JSON");
    }

    @Test
    void aLocalFolderIsAProblemOnMoreThanOneMachine() throws Exception {
        String local = "--checkpoint.directory=" + folder.toUri();

        assertThat(checkpoints(local).status()).isEqualTo(Status.OK);
        taskManagers +=
                ",{\"id\":\"b\",\"path\":\"pekko.tcp://flink@10.0.0.2:6122/user/rpc/taskmanager_0\"}";
        assertThat(checkpoints(local))
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .contains("the cluster has 2 machines");
        configuration = set("execution.checkpointing.dir", folder.toUri().toString());
        assertThat(checkpoints().status()).isEqualTo(Status.PROBLEM);
    }

    @Test
    void checkpointsInTheMemoryOfTheJobManagerAreAWarning() throws Exception {
        assertThat(checkpoints())
                .returns(Status.WARNING, Finding::status)
                .extracting(Finding::advice)
                .asString()
                .contains("s3://bucket");
    }

    @Test
    void aFolderThatCannotBeWrittenIsAProblemAndNothingIsLeftBehind() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(checkpoints("--checkpoint.directory=" + file.toUri()).seen())
                .contains("is not a folder");
        assertThat(checkpoints("--checkpoint.directory=file:///proc").status())
                .isEqualTo(Status.PROBLEM);
        assertThat(checkpoints("--checkpoint.directory=" + folder.resolve("new").toUri()).seen())
                .contains("can be created");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aFolderWithoutASchemeIsAProblemAndOneOfAMissingPluginIsNotJudged() throws Exception {
        assertThat(checkpoints("--checkpoint.directory=checkpoints"))
                .returns(Status.PROBLEM, Finding::status)
                .returns("checkpoints is no URI", Finding::seen);
        assertThat(checkpoints("--checkpoint.directory=s3://bucket/folder"))
                .returns(Status.SKIPPED, Finding::status);
    }
}
