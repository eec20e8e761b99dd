package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.Observation;
import io.tickformer.event.StepScore;
import io.tickformer.kafka.encode.FeedbackRecordFormat;
import io.tickformer.kafka.encode.FeedbackRecordSerializer;
import io.tickformer.kafka.encode.ForecastJson;
import io.tickformer.kafka.encode.ObservationCodec;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.sink.RecordTimestamp;
import io.tickformer.testing.Node;
import io.tickformer.testing.Repository;
import io.tickformer.testing.WatchedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The AsyncAPI document against the schema of AsyncAPI, and the job's JSON against the document.
 */
@Timeout(600)
final class AsyncApiIT {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long HOUR = 3_600_000;
    private static final StepScore WITHOUT_TARGETS =
            new StepScore(
                    96,
                    0,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    new double[] {Double.NaN});

    private static Path validator;

    @TempDir private Path folder;

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(Node.isPresent(), "Node and npm are on this machine");
        validator = Node.install(Repository.root().resolve("src/test/node/asyncapi"));
    }

    @Test
    void theDocumentIsValidAndTheRecordsOfTheJobFitIt() throws Exception {
        assertThat(validate(document(), records())).isEmpty();
    }

    @Test
    void aDocumentAndRecordsThatDoNotFitAreFound() throws Exception {
        ObjectNode document = document();
        ((ObjectNode) document.get("operations").get("send-forecasts")).put("action", "shout");
        ObjectNode records = records();
        ((ObjectNode) records.get("forecast").get(0)).put("tick_time", "noon");
        ((ObjectNode) records.get("anomaly").get(0)).remove("score");
        assertThat(validate(document, records))
                .anyMatch(each -> each.startsWith("document/operations/send-forecasts"))
                .contains("forecast 0/tick_time must be integer")
                .contains("anomaly 0 must have required property 'score'");
    }

    private List<String> validate(ObjectNode document, ObjectNode records) throws Exception {
        Path api = folder.resolve("asyncapi.json");
        Files.write(api, MAPPER.writeValueAsBytes(document));
        Path written = folder.resolve("records.json");
        Files.write(written, MAPPER.writeValueAsBytes(records));
        List<String> command =
                List.of(
                        "node",
                        validator.resolve("validate.js").toString(),
                        api.toString(),
                        written.toString());
        try (WatchedProcess node = WatchedProcess.start("validate", command, Map.of())) {
            return MAPPER.readValue(
                    node.awaitEnd(Duration.ofMinutes(2)), new TypeReference<List<String>>() {});
        }
    }

    private static ObjectNode document() throws Exception {
        return (ObjectNode) new YAMLMapper().readTree(AsyncApi.yaml());
    }

    /** Records in JSON by the name of their schema. */
    private static ObjectNode records() throws Exception {
        ObjectNode records = MAPPER.createObjectNode();
        add(records, "forecast", ForecastJson.encode(forecast()));
        add(records, "observation", ObservationCodec.json(new Observation("a", HOUR, 1.5)));
        ForecastScore score =
                new ForecastScore(
                        "", 1, HOUR, HOUR, 1, 0, 0, new double[] {0.8}, List.of(WITHOUT_TARGETS));
        add(records, "score", json(FeedbackRecordFormat.SCORE, score));
        Anomaly anomaly = new Anomaly("a", 1, HOUR, HOUR, 1e12, Double.NaN, 3.5, true, false);
        add(records, "anomaly", json(FeedbackRecordFormat.ANOMALY, anomaly));
        for (ForecastEventKind kind : ForecastEventKind.values()) {
            ForecastEvent event =
                    new ForecastEvent(
                            "",
                            1,
                            HOUR,
                            HOUR,
                            kind,
                            "in words",
                            new TreeMap<>(Map.of("series", 1.0)));
            add(records, "event", json(FeedbackRecordFormat.EVENT, event));
        }
        return records;
    }

    private static Forecast forecast() {
        return new Forecast(
                "käse",
                1,
                HOUR,
                HOUR,
                new double[] {0.1, 0.9},
                new double[] {-1, 1e9, 1, 1},
                new double[] {2.25, 0.1},
                "streaming",
                "1",
                17,
                ForecastQuality.FALLBACK);
    }

    private static <T> byte[] json(FeedbackRecordFormat<T> kind, T event) throws Exception {
        FeedbackRecordSerializer<T> records =
                new FeedbackRecordSerializer<>(
                        kind,
                        "topic",
                        OutputFormat.json(),
                        RecordTimestamp.EVENT_TIME,
                        Clock.systemUTC());
        records.open(null, null);
        return records.serialize(event, null, null).value();
    }

    private static void add(ObjectNode records, String schema, byte[] json) throws Exception {
        JsonNode record = MAPPER.readTree(json);
        ArrayNode of = records.withArray("/" + schema);
        of.add(record);
    }
}
