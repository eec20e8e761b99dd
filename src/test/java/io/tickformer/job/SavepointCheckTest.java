package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.operator.ContextHeadSerializerSnapshot;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.client.deployment.application.executors.EmbeddedExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job says of the savepoint it is to go on from, before it starts. */
@Timeout(300)
final class SavepointCheckTest {
    private static final ForecastSpec SPEC = GoldenSavepoints.SPEC;
    private static final Path CANONICAL = GoldenSavepoints.path(GoldenSavepoints.CANONICAL);

    @TempDir private Path folder;

    private StreamExecutionEnvironment prepare(String savepoint, ForecastSpec spec, String... more)
            throws IOException {
        byte[] model = TestModels.transformer(spec, 99, "2");
        List<String> fields = spec.channels().isEmpty() ? List.of("value") : spec.channels();
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=localhost:1");
        arguments.add("--kafka.preflight=false");
        arguments.add("--model.path=" + Files.write(folder.resolve("model.onnx"), model));
        arguments.add("--source.format=json");
        arguments.add("--source.value-fields=" + String.join(",", fields));
        arguments.add("--sink.format=json");
        arguments.add("--sink.late-topic=late");
        arguments.add("--job.parallelism=2");
        arguments.add("--flink.execution.state-recovery.path=" + savepoint);
        arguments.addAll(List.of(more));
        return ForecastJob.prepare(JobSettings.parse(arguments.toArray(String[]::new)));
    }

    private void assertRefused(Path savepoint, ForecastSpec spec, String reason, String... more) {
        assertThatThrownBy(() -> prepare(savepoint.toString(), spec, more))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("the job cannot start from the savepoint %s: ", savepoint)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "canonical, heap",
        "canonical, rocksdb",
        "heap, heap",
        "rocksdb, rocksdb",
        "channels, heap"
    })
    void aNewerModelOfTheSameSpecGoesOn(String name, String backend) {
        ForecastSpec spec =
                name.equals(GoldenSavepoints.CHANNELS)
                        ? SPEC.withChannels(GoldenSavepoints.FIELDS)
                        : SPEC;
        for (String path : List.of("", "/_metadata")) {
            assertThatCode(
                            () ->
                                    prepare(
                                            GoldenSavepoints.path(name) + path,
                                            spec,
                                            "--checkpoint.state-backend=" + backend))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aModelOfAnotherContextLengthOrAnotherHalfLifeGoesOn() {
        ForecastSpec longer = TestSpecs.streaming(3_600_000, 2, 5, 4, 2, 8, 2, 16);
        assertThat(longer.contextLength()).isGreaterThan(SPEC.contextLength());
        assertThatCode(
                        () ->
                                prepare(
                                        CANONICAL.toString(),
                                        longer.withNormalisation(new Normalisation(16, 4))))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherLengthOfATickIsRefused() {
        assertRefused(
                CANONICAL,
                SPEC,
                "they have ticks of 3600000 ms, and the model has ticks of 7200000 ms",
                "--model.tick=2 h");
    }

    @Test
    void otherChannelsAreRefused() {
        assertRefused(
                CANONICAL,
                SPEC.withChannels(GoldenSavepoints.FIELDS),
                "they have one series each, and the model has the channels kw, volt");
        assertRefused(
                GoldenSavepoints.path(GoldenSavepoints.CHANNELS),
                SPEC.withChannels(List.of("volt", "kw")),
                "they have the channels kw, volt, and the model has the channels volt, kw");
    }

    @Test
    void theFormOfAnotherStateBackendIsRefused() {
        assertRefused(
                GoldenSavepoints.path(GoldenSavepoints.HEAP),
                SPEC,
                "it is in the native format of the state backend hashmap, but the job uses rocksdb:"
                        + " take a savepoint in the canonical format (flink stop --type canonical),"
                        + " or set checkpoint.state-backend to heap",
                "--checkpoint.state-backend=rocksdb");
        assertRefused(
                GoldenSavepoints.path(GoldenSavepoints.ROCKSDB),
                SPEC,
                "or set checkpoint.state-backend to rocksdb",
                "--checkpoint.state-backend=heap");
    }

    @Test
    void moreSubtasksThanTheStateIsMadeForAreRefused() {
        assertRefused(
                CANONICAL,
                SPEC,
                "it was written for at most 128 subtasks, but job.parallelism is 129",
                "--job.parallelism=129");
        assertRefused(
                CANONICAL,
                SPEC,
                "it was written for at most 128 subtasks, but job.max-parallelism is 256",
                "--job.max-parallelism=256");
        assertThatCode(
                        () ->
                                prepare(
                                        CANONICAL.toString(),
                                        SPEC,
                                        "--job.parallelism=128",
                                        "--job.max-parallelism=128"))
                .doesNotThrowAnyException();
    }

    @Test
    void stateThatTheJobHasNoUseForIsRefusedUnlessItMayBeDropped() {
        assertRefused(
                CANONICAL,
                SPEC,
                "dead-letter-sink, which the job does not have",
                "--sink.dead-letter-topic=");
        assertThatCode(
                        () ->
                                prepare(
                                        CANONICAL.toString(),
                                        SPEC,
                                        "--sink.dead-letter-topic=",
                                        "--flink.execution.state-recovery.ignore-unclaimed-state"
                                                + "=true"))
                .doesNotThrowAnyException();
    }

    /** As a later release may leave it: the version behind the name of the contexts' serializer. */
    @Test
    void aLayoutOfAnUnknownVersionIsRefused() throws IOException {
        String name = ContextHeadSerializerSnapshot.class.getName();
        String text = Files.readString(CANONICAL.resolve("_metadata"), StandardCharsets.ISO_8859_1);
        String later = text.replace(name + "\0\0\0\1", name + "\0\0\0\t");
        assertThat(later).isNotEqualTo(text);
        Path savepoint = Files.createDirectory(folder.resolve("later"));
        Files.writeString(savepoint.resolve("_metadata"), later, StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> prepare(savepoint.toString(), SPEC))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("format version 9; expected 1")
                .hasMessageContaining("it was written by another release");
    }

    @Test
    void aSavepointThatIsNotThereOrIsNoneIsOneClearLine() throws IOException {
        assertThatThrownBy(() -> prepare("/nowhere/savepoint", SPEC))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "there is no savepoint /nowhere/savepoint; expected its folder or _metadata"
                                + " file");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> prepare(empty.toString(), SPEC))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("there is no savepoint %s; expected", empty);
        Files.write(empty.resolve("_metadata"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertUnreadable(empty);
        byte[] whole = Files.readAllBytes(CANONICAL.resolve("_metadata"));
        Files.write(empty.resolve("_metadata"), Arrays.copyOf(whole, 5_000));
        assertUnreadable(empty);
    }

    private void assertUnreadable(Path savepoint) {
        assertThatThrownBy(() -> prepare(savepoint.toString(), SPEC))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("cannot read the savepoint %s: ", savepoint)
                .hasMessageEndingWith("set checkpoint.preflight to false")
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/savepoint", "/nowhere/savepoint"})
    void aMachineThatDoesNotReachTheSavepointNeedNotReadIt(String path) {
        assertThatCode(() -> prepare(path, SPEC, "--checkpoint.preflight=false"))
                .doesNotThrowAnyException();
    }

    /** Its first savepoint may be gone by then, and Flink goes on from the latest checkpoint. */
    @Test
    void aJobManagerThatTakesOverInApplicationModeDoesNotNeedTheSavepoint() throws IOException {
        StreamGraph graph =
                prepare("/nowhere/savepoint", SPEC, "--checkpoint.preflight=false")
                        .getStreamGraph();
        Configuration configuration = new Configuration();
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, "/nowhere/savepoint");
        configuration.set(DeploymentOptions.TARGET, EmbeddedExecutor.NAME);
        assertThatThrownBy(() -> SavepointCheck.check(graph, configuration, SPEC))
                .hasMessageStartingWith("there is no savepoint /nowhere/savepoint");

        configuration.set(HighAvailabilityOptions.HA_MODE, "kubernetes");
        assertThatCode(() -> SavepointCheck.check(graph, configuration, SPEC))
                .doesNotThrowAnyException();
    }
}
