package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class CheckpointConfigurationTest {
    private static final Optional<Duration> BROKERS_MOST = Optional.of(Duration.ofMinutes(15));

    /** Those of a job with these settings on a cluster with a configuration of its own. */
    private static CheckpointConfiguration checkpoints(Configuration cluster, String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=broker:9092");
        arguments.add("--model.path=model.onnx");
        arguments.add("--source.format=json");
        arguments.add("--sink.format=json");
        arguments.addAll(List.of(more));
        JobSettings settings = JobSettings.parse(arguments.toArray(String[]::new));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        environment.configure(ForecastJob.configuration(settings));
        CheckpointConfiguration.complete(settings, environment);
        return CheckpointConfiguration.of(settings, environment);
    }

    private static Configuration cluster(String... namesAndValues) {
        Configuration cluster = new Configuration();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            cluster.setString(namesAndValues[i], namesAndValues[i + 1]);
        }
        return cluster;
    }

    @Test
    void theIntervalIsTheJobsElseTheClustersElseTheDefault() {
        Configuration cluster = cluster("execution.checkpointing.interval", "3 min");
        assertThat(checkpoints(cluster()).interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(checkpoints(cluster).interval()).isEqualTo(Duration.ofMinutes(3));
        assertThat(checkpoints(cluster, "--checkpoint.interval=5 s").interval())
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(
                        checkpoints(
                                        cluster,
                                        "--checkpoint.interval=0 s",
                                        "--sink.delivery=at-least-once")
                                .interval())
                .isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "execution.checkpointing.interval, 0 s, nothing is ever committed",
        "execution.checkpointing.mode, AT_LEAST_ONCE, forecasts repeat after a failure",
        "execution.checkpointing.checkpoints-after-tasks-finish, false, never committed"
    })
    void whatUndoesExactlyOnceIsOneLine(String option, String value, String consequence) {
        assertThatThrownBy(
                        () ->
                                checkpoints(cluster(), "--flink." + option + "=" + value)
                                        .requireDelivery())
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("Flink's " + option + " is ")
                .hasMessageContaining(consequence)
                .hasMessageContaining("or set sink.delivery to at-least-once");
    }

    @Test
    void theClustersOwnSettingsUndoItToo() {
        Configuration cluster = cluster("execution.checkpointing.mode", "AT_LEAST_ONCE");
        assertThatThrownBy(() -> checkpoints(cluster).requireDelivery())
                .isInstanceOf(OptionException.class);
        assertThatCode(
                        () ->
                                checkpoints(cluster, "--sink.delivery=at-least-once")
                                        .requireDelivery())
                .doesNotThrowAnyException();
    }

    @Test
    void theDefaultsAreAsTheBrokersDefaultsAllow() {
        assertThatCode(
                        () -> {
                            checkpoints(cluster()).requireDelivery();
                            checkpoints(cluster())
                                    .requireTransactions(Duration.ofMinutes(15), BROKERS_MOST);
                        })
                .doesNotThrowAnyException();
    }

    @Test
    void aTimeoutAboveTheBrokersIsOneLineWithBothSettings() {
        assertThatThrownBy(
                        () ->
                                checkpoints(cluster())
                                        .requireTransactions(Duration.ofHours(1), BROKERS_MOST))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("checkpoint.interval is 10 s")
                .hasMessageContaining("sink.transaction-timeout is 1 h")
                .hasMessageContaining(
                        "at most 15 min, the transaction.max.timeout.ms of the brokers");
    }

    @Test
    void anIntervalOfTheClustersThatOutlivesATransactionIsOneLineWithBothSettings() {
        Configuration cluster = cluster("execution.checkpointing.interval", "20 min");
        assertThatThrownBy(
                        () ->
                                checkpoints(cluster)
                                        .requireTransactions(Duration.ofMinutes(15), BROKERS_MOST))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("execution.checkpointing.interval is 20 min")
                .hasMessageContaining("sink.transaction-timeout is 15 min");
        assertThatThrownBy(
                        () ->
                                checkpoints(cluster)
                                        .requireTransactions(
                                                Duration.ofMinutes(15), Optional.empty()))
                .isInstanceOf(OptionException.class);
    }

    @Test
    void checkpointsInMemoryAreToldWithTheSeriesThatFit() {
        Configuration cluster = cluster("parallelism.default", "4");
        assertThat(checkpoints(cluster).memoryAdvice(8_192))
                .hasValueSatisfying(
                        advice ->
                                assertThat(advice)
                                        .contains("the context of a series takes 8.2 kB")
                                        .contains("about 2560 series fit (640 per subtask)")
                                        .contains("set checkpoint.directory"));
        assertThat(checkpoints(cluster, "--checkpoint.directory=file:///x").memoryAdvice(8_192))
                .isEmpty();
        assertThat(
                        checkpoints(cluster("execution.checkpointing.dir", "file:///x"))
                                .memoryAdvice(8_192))
                .isEmpty();
        assertThat(
                        checkpoints(
                                        cluster(
                                                CheckpointingOptions.CHECKPOINT_STORAGE.key(),
                                                "jobmanager"),
                                        "--checkpoint.directory=file:///x")
                                .memoryAdvice(8_192))
                .isPresent();
    }

    @Test
    void moreSeriesThanFitIsOneLine() {
        assertThatThrownBy(
                        () ->
                                checkpoints(cluster(), "--forecast.max-series=1000000")
                                        .memoryAdvice(8_192))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("forecast.max-series is 1000000; checkpoints are stored");
    }
}
