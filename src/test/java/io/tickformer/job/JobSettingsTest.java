package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.TickAggregate;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.job.RuntimeOptions.StateBackend;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.decode.EpochUnit;
import io.tickformer.kafka.sink.DeliveryMode;
import io.tickformer.kafka.sink.RecordTimestamp;
import io.tickformer.kafka.source.StartOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobSettingsTest {
    @TempDir private Path folder;

    @Test
    void whatIsNotSetHasItsDefault() {
        JobSettings settings = JobSettings.of(needed());
        assertThat(settings.get(KafkaOptions.GROUP_ID)).isEqualTo("tickformer");
        assertThat(settings.get(KafkaOptions.PREFLIGHT)).isTrue();
        assertThat(settings.get(RegistryOptions.TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.get(RegistryOptions.ATTEMPTS)).isEqualTo(5);
        assertThat(settings.get(RegistryOptions.CREDENTIALS)).isEmpty();
        assertThat(settings.get(SourceOptions.TOPICS)).containsExactly("observations");
        assertThat(settings.get(SourceOptions.FORMAT)).isEqualTo(PayloadFormat.AVRO);
        assertThat(settings.get(SourceOptions.KEY_FIELD)).isEqualTo("series");
        assertThat(settings.get(SourceOptions.TIME_FIELD)).isEqualTo("event_time");
        assertThat(settings.get(SourceOptions.TIME_UNIT)).isEqualTo(EpochUnit.MILLIS);
        assertThat(settings.get(SourceOptions.VALUE_FIELDS)).containsExactly("value");
        assertThat(settings.get(SourceOptions.START)).isEqualTo(StartOffset.COMMITTED);
        assertThat(settings.get(SourceOptions.BOUNDED)).isFalse();
        assertThat(settings.get(SourceOptions.OUT_OF_ORDERNESS)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.get(SourceOptions.IDLENESS)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.find(SourceOptions.MAX_AHEAD)).isEmpty();
        assertThat(settings.get(SourceOptions.FOLLOW_CLOCK)).isTrue();
        assertThat(settings.find(TickOptions.LENGTH)).isEmpty();
        assertThat(settings.find(TickOptions.AGGREGATE)).isEmpty();
        assertThat(settings.find(TickOptions.EMPTY)).isEmpty();
        assertThat(settings.get(TickOptions.READINGS)).isZero();
        assertThat(settings.get(ModelOptions.SPEC)).isEmpty();
        assertThat(settings.get(ModelOptions.PROVIDER)).isEqualTo(ExecutionProvider.CPU);
        assertThat(settings.get(ForecastOptions.MICRO_BATCH_SIZE)).isEqualTo(64);
        assertThat(settings.get(ForecastOptions.LINGER)).isEqualTo(Duration.ofMillis(10));
        assertThat(settings.get(ForecastOptions.HORIZON)).isZero();
        assertThat(settings.get(ForecastOptions.QUANTILE_LEVELS)).isEmpty();
        assertThat(settings.find(ForecastOptions.FROM)).isEmpty();
        assertThat(settings.get(ForecastOptions.SILENT_TICKS)).isZero();
        assertThat(settings.get(ForecastOptions.IDLE_EXPIRY_TICKS)).isZero();
        assertThat(settings.get(SinkOptions.TOPIC)).isEqualTo("forecasts");
        assertThat(settings.get(SinkOptions.FORMAT)).isEqualTo(PayloadFormat.AVRO);
        assertThat(settings.get(SinkOptions.DEAD_LETTER_TOPIC)).isEqualTo("dead-letters");
        assertThat(settings.get(SinkOptions.LATE_TOPIC)).isEqualTo("late-observations");
        assertThat(settings.get(SinkOptions.DELIVERY)).isEqualTo(DeliveryMode.EXACTLY_ONCE);
        assertThat(settings.find(SinkOptions.TRANSACTIONAL_ID_PREFIX)).isEmpty();
        assertThat(settings.get(SinkOptions.TRANSACTION_TIMEOUT)).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.get(SinkOptions.RECORD_TIMESTAMP))
                .isEqualTo(RecordTimestamp.ISSUE_TIME);
        assertThat(settings.get(RuntimeOptions.NAME)).isEqualTo("tickformer");
        assertThat(settings.find(RuntimeOptions.PARALLELISM)).isEmpty();
        assertThat(settings.find(RuntimeOptions.MAX_PARALLELISM)).isEmpty();
        assertThat(settings.get(RuntimeOptions.CHECKPOINT_PREFLIGHT)).isTrue();
        assertThat(settings.get(RuntimeOptions.BUFFER_TIMEOUT)).isEqualTo(Duration.ofMillis(2));
        assertThat(settings.get(RuntimeOptions.CHECKPOINT_INTERVAL))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.find(RuntimeOptions.CHECKPOINT_DIRECTORY)).isEmpty();
        assertThat(settings.find(RuntimeOptions.STATE_BACKEND)).isEmpty();
    }

    @Test
    void everySettingIsReadFromAFile() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("job.yaml"),
                        """
                        kafka:
                          bootstrap-servers: "a:1,b:2"
                          group-id: g
                          preflight: false
                          properties:
                            security.protocol: SSL
                        registry: {url: "https://r/apis", timeout: 3 s, attempts: 2, credentials: "u:p"}
                        source:
                          topics: [t1, t2]
                          format: json
                          key-field: meter.id
                          time-field: at
                          time-unit: micros
                          value-fields:
                            - kw
                            - volt
                          start: latest
                          bounded: true
                          out-of-orderness: 5 s
                          idleness: 0 s
                          max-ahead: 1 d
                        tick.length: 15 min
                        tick: {aggregate: last, readings: 2}
                        model: {path: m.onnx, spec: m.json, provider: auto}
                        forecast:
                          micro-batch-size: 8
                          linger: 1 ms
                          horizon: 24
                          quantile-levels: [0.1, 0.5, 0.9]
                          silent-ticks: 3
                          idle-expiry-ticks: 500
                          from: "2026-03-01T00:00:00+01:00"
                        sink:
                          topic: f
                          format: json
                          dead-letter-topic:
                          late-topic: l
                          delivery: at-least-once
                          transactional-id-prefix: p
                          transaction-timeout: 1 min
                          record-timestamp: event-time
                        job: {name: n, parallelism: 4, buffer-timeout: 20 ms}
                        checkpoint: {interval: 1 min, directory: "s3://b/c", state-backend: rocksdb}
                        flink.taskmanager.memory.managed.size: 64m
                        """);
        JobSettings settings = JobSettings.parse("--config", file.toString());
        assertThat(settings.get(KafkaOptions.BOOTSTRAP_SERVERS)).isEqualTo("a:1,b:2");
        assertThat(settings.get(KafkaOptions.GROUP_ID)).isEqualTo("g");
        assertThat(settings.get(KafkaOptions.PREFLIGHT)).isFalse();
        assertThat(settings.kafkaProperties()).isEqualTo(Map.of("security.protocol", "SSL"));
        assertThat(settings.get(RegistryOptions.URL)).isEqualTo("https://r/apis");
        assertThat(settings.get(RegistryOptions.TIMEOUT)).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.get(RegistryOptions.ATTEMPTS)).isEqualTo(2);
        assertThat(settings.get(RegistryOptions.CREDENTIALS)).isEqualTo("u:p");
        assertThat(settings.get(SourceOptions.TOPICS)).containsExactly("t1", "t2");
        assertThat(settings.get(SourceOptions.FORMAT)).isEqualTo(PayloadFormat.JSON);
        assertThat(settings.get(SourceOptions.KEY_FIELD)).isEqualTo("meter.id");
        assertThat(settings.get(SourceOptions.TIME_FIELD)).isEqualTo("at");
        assertThat(settings.get(SourceOptions.TIME_UNIT)).isEqualTo(EpochUnit.MICROS);
        assertThat(settings.get(SourceOptions.VALUE_FIELDS)).containsExactly("kw", "volt");
        assertThat(settings.get(SourceOptions.START)).isEqualTo(StartOffset.LATEST);
        assertThat(settings.get(SourceOptions.BOUNDED)).isTrue();
        assertThat(settings.get(SourceOptions.OUT_OF_ORDERNESS)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.get(SourceOptions.IDLENESS)).isZero();
        assertThat(settings.get(SourceOptions.MAX_AHEAD)).isEqualTo(Duration.ofDays(1));
        assertThat(settings.find(TickOptions.LENGTH)).contains(Duration.ofMinutes(15));
        assertThat(settings.get(TickOptions.AGGREGATE)).isEqualTo(TickAggregate.LAST);
        assertThat(settings.get(TickOptions.READINGS)).isEqualTo(2);
        assertThat(settings.get(ModelOptions.PATH)).isEqualTo("m.onnx");
        assertThat(settings.get(ModelOptions.SPEC)).isEqualTo("m.json");
        assertThat(settings.get(ModelOptions.PROVIDER)).isEqualTo(ExecutionProvider.AUTO);
        assertThat(settings.get(ForecastOptions.MICRO_BATCH_SIZE)).isEqualTo(8);
        assertThat(settings.get(ForecastOptions.LINGER)).isEqualTo(Duration.ofMillis(1));
        assertThat(settings.get(ForecastOptions.HORIZON)).isEqualTo(24);
        assertThat(settings.get(ForecastOptions.QUANTILE_LEVELS)).containsExactly(0.1, 0.5, 0.9);
        assertThat(settings.get(ForecastOptions.SILENT_TICKS)).isEqualTo(3);
        assertThat(settings.get(ForecastOptions.IDLE_EXPIRY_TICKS)).isEqualTo(500);
        assertThat(settings.get(SinkOptions.TOPIC)).isEqualTo("f");
        assertThat(settings.get(SinkOptions.FORMAT)).isEqualTo(PayloadFormat.JSON);
        assertThat(settings.get(SinkOptions.DEAD_LETTER_TOPIC)).isEmpty();
        assertThat(settings.get(SinkOptions.LATE_TOPIC)).isEqualTo("l");
        assertThat(settings.get(SinkOptions.DELIVERY)).isEqualTo(DeliveryMode.AT_LEAST_ONCE);
        assertThat(settings.get(SinkOptions.TRANSACTIONAL_ID_PREFIX)).isEqualTo("p");
        assertThat(settings.get(SinkOptions.TRANSACTION_TIMEOUT)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.get(SinkOptions.RECORD_TIMESTAMP))
                .isEqualTo(RecordTimestamp.EVENT_TIME);
        assertThat(settings.get(RuntimeOptions.NAME)).isEqualTo("n");
        assertThat(settings.find(RuntimeOptions.PARALLELISM)).contains(4);
        assertThat(settings.get(RuntimeOptions.BUFFER_TIMEOUT)).isEqualTo(Duration.ofMillis(20));
        assertThat(settings.get(RuntimeOptions.CHECKPOINT_INTERVAL))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.find(RuntimeOptions.STATE_BACKEND)).contains(StateBackend.ROCKSDB);
        Configuration flink = ForecastJob.configuration(settings);
        assertThat(flink.get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(flink.get(PipelineOptions.OBJECT_REUSE)).isTrue();
        assertThat(flink.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
        assertThat(flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).isEqualTo("s3://b/c");
        assertThat(flink.toMap())
                .containsEntry("taskmanager.memory.managed.size", "64m")
                .containsEntry("parallelism.default", "4");
    }

    @Test
    void theCommandLineWinsOverTheFile() throws IOException {
        Path file =
                Files.writeString(folder.resolve("job.yaml"), "tick.aggregate: sum\njob.name: n\n");
        List<String> arguments = new ArrayList<>(List.of("--tick.aggregate", "MAX"));
        needed().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        arguments.addAll(List.of("--config", file.toString()));
        JobSettings settings = JobSettings.parse(arguments.toArray(String[]::new));
        assertThat(settings.get(TickOptions.AGGREGATE)).isEqualTo(TickAggregate.MAX);
        assertThat(settings.get(RuntimeOptions.NAME)).isEqualTo("n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tick.lenght | 1h | there is no setting tick.lenght; did you mean tick.length?",
                "colour | red | there is no setting colour; see docs/options.md for all settings",
                "kafka.properties. | x | there is no setting kafka.properties.; see docs",
                "tick.length | soon | tick.length is 'soon'; expected a duration such as 15 min, 10 s or 500 ms",
                "tick.length | 0 s | tick.length is 0 ms; expected a duration of 1 ms or more",
                "tick.aggregate | median | tick.aggregate is 'median'; expected one of mean, sum, last, min, max, count",
                "job.parallelism | two | job.parallelism is 'two'; expected a whole number",
                "job.prometheus-port | 70000 | job.prometheus-port is 70000; expected a port, or 0 for none",
                "job.watched-series | a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u | job.watched-series is a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u; expected at most 20 series",
                "job.parallelism | 0 | job.parallelism is 0; expected 1 or more",
                "job.max-parallelism | 0 | job.max-parallelism is 0; expected at least job.parallelism, and at most 32768",
                "job.max-parallelism | 40000 | job.max-parallelism is 40000; expected at least job.parallelism",
                "source.bounded | maybe | source.bounded is 'maybe'; expected true or false",
                "source.topics | , | source.topics is ; expected at least one topic",
                "source.value-fields | a,b,a | source.value-fields is a, b, a; expected each item once",
                "forecast.quantile-levels | 0.5,x | forecast.quantile-levels is '0.5,x'; expected a list, separated by commas, each item a number",
                "forecast.quantile-levels | 0.5,0.1 | forecast.quantile-levels is 0.5, 0.1; expected ascending levels between 0 and 1",
                "forecast.micro-batch-size | 0 | forecast.micro-batch-size is 0; expected 1 or more",
                "forecast.horizon | -1 | forecast.horizon is -1; expected 0 or more",
                "forecast.from | yesterday | forecast.from is 'yesterday'; expected start, earliest, or a time such as 2026-03-01T00:00:00Z",
                "forecast.from | 2026-03-01 | forecast.from is '2026-03-01'; expected start, earliest, or a time",
                "kafka.bootstrap-servers | `` | kafka.bootstrap-servers is not set; expected the brokers, host:port",
                "model.path | `` | model.path is not set; expected the model's .onnx file",
                "registry.url | `` | registry.url is not set; expected the schema registry's address, as a format is avro; or set source.format and sink.format to json",
                "registry.url | localhost:8081 | registry.url is localhost:8081; expected an address that begins with http:// or https://",
                "registry.url | http://my_registry:8081 | registry.url is http://my_registry:8081; expected an address that begins with http:// or https:// and a host name",
                "registry.attempts | 0 | registry.attempts is 0; expected 1 or more",
                "registry.timeout | 0 s | registry.timeout is 0 ms; expected a duration of 1 ms or more",
                "sink.topic | observations | sink.topic is observations; expected a topic of its own",
                "sink.late-topic | forecasts | sink.late-topic is forecasts; expected a topic of its own",
                "sink.topic | `` | sink.topic is ; expected a topic",
                "sink.transaction-timeout | 5 s | sink.transaction-timeout is 5 s; expected more than checkpoint.interval",
                "sink.transactional-id-prefix | `` | sink.transactional-id-prefix is ; expected a name of the job's own",
                "checkpoint.interval | 0 s | checkpoint.interval is 0 ms; expected more than 0, because exactly-once delivery commits forecasts at checkpoints, or sink.delivery at-least-once",
                "checkpoint.interval | 5 ms | checkpoint.interval is 5 ms; expected 10 ms or more, or 0",
            })
    void aSettingThatIsUnknownOrInvalidIsNamedInOneLine(String name, String value, String words) {
        Map<String, String> given = needed();
        given.put(name, value == null ? "" : value);
        assertThatThrownBy(() -> JobSettings.of(given))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith(words)
                .hasMessageNotContaining("\n");
    }

    @Test
    void argumentsThatAreNoSettingsAreNamed() {
        assertThatThrownBy(() -> JobSettings.parse("tick.length=1h"))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "an argument is 'tick.length=1h'; expected --config FILE or --SETTING VALUE");
        assertThatThrownBy(() -> JobSettings.parse("--tick.length", "--job.name", "n"))
                .isInstanceOf(OptionException.class)
                .hasMessage("--tick.length has no value; expected --tick.length VALUE");
        assertThatThrownBy(() -> JobSettings.parse("--tick.length"))
                .isInstanceOf(OptionException.class)
                .hasMessage("--tick.length has no value; expected --tick.length VALUE");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path missing = folder.resolve("none.yaml");
        assertThatThrownBy(() -> JobSettings.parse("--config", missing.toString()))
                .isInstanceOf(OptionException.class)
                .hasMessage("config is %s; there is no such file", missing);
        assertThatThrownBy(() -> JobSettings.parse("--config", folder.toString()))
                .isInstanceOf(OptionException.class)
                .hasMessage("config is %s; expected a file; this is a folder", folder);
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "tick: [1, 2\n");
        assertThatThrownBy(() -> JobSettings.parse("--config", broken.toString()))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith(broken + " is not valid YAML: ")
                .hasMessageNotContaining("\n");
        Path list = Files.writeString(folder.resolve("list.yaml"), "- a\n");
        assertThatThrownBy(() -> JobSettings.parse("--config", list.toString()))
                .isInstanceOf(OptionException.class)
                .hasMessage(list + " has no settings; expected lines of NAME: VALUE");
        Path twice =
                Files.writeString(
                        folder.resolve("twice.yaml"), "tick: {length: 1 h}\ntick.length: 2 h\n");
        assertThatThrownBy(() -> JobSettings.parse("--config", twice.toString()))
                .isInstanceOf(OptionException.class)
                .hasMessage(twice + " sets tick.length twice");
    }

    private static Map<String, String> needed() {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("kafka.bootstrap-servers", "broker:9092");
        needed.put("registry.url", "http://registry:8081");
        needed.put("model.path", "model.onnx");
        return needed;
    }
}
