package io.tickformer.kafka.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.DeadLetterRecordSerializer;
import io.tickformer.kafka.encode.ForecastRecordSerializer;
import io.tickformer.kafka.registry.Schemas;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** What the records of a topic hold. */
@Internal
public final class RecordContent {
    private static final String SERIES = "The series key, in UTF-8.";
    private static final String SERIES_OR_JOB =
            "The series key, in UTF-8; empty for the whole job.";

    /** Forecasts: {@code schemas/forecast.avsc}. */
    public static final RecordContent FORECAST =
            new RecordContent("forecast", Schemas.forecast(), SERIES, forecastHeaders());

    /** Observations: {@code schemas/observation.avsc}. */
    public static final RecordContent OBSERVATION =
            new RecordContent("observation", Schemas.observation(), SERIES, List.of());

    /** Scores: {@code schemas/score.avsc}. */
    public static final RecordContent SCORE =
            new RecordContent("score", Schemas.score(), SERIES_OR_JOB, List.of());

    /** Anomalies: {@code schemas/anomaly.avsc}. */
    public static final RecordContent ANOMALY =
            new RecordContent("anomaly", Schemas.anomaly(), SERIES, List.of());

    /** Events of the forecasts: {@code schemas/event.avsc}. */
    public static final RecordContent EVENT =
            new RecordContent("event", Schemas.event(), SERIES_OR_JOB, List.of());

    /** Records as they came; there is no schema. */
    public static final RecordContent DEAD_LETTER =
            new RecordContent(
                    "dead-letter", null, "The key of the record as it came.", letterHeaders());

    private static final JsonMapper MAPPER = new JsonMapper();

    private final String text;
    private final @Nullable Schema schema;
    private final String key;
    private final List<FieldDescription> headers;

    private RecordContent(
            String text, @Nullable Schema schema, String key, List<FieldDescription> headers) {
        this.text = text;
        this.schema = schema;
        this.key = key;
        this.headers = headers;
    }

    /** Its name in lower case, which is that of its schema file. */
    public String text() {
        return text;
    }

    /** What the Kafka key holds. */
    public String key() {
        return key;
    }

    /** The headers that records may have besides those of the input. */
    public List<FieldDescription> headers() {
        return headers;
    }

    /** Whether the values have a schema. */
    public boolean hasSchema() {
        return schema != null;
    }

    /** What the records are, in sentences; empty without a schema. */
    public Optional<String> meaning() {
        return Optional.ofNullable(schema).map(Schema::getDoc);
    }

    /** The fields of the values, in order; none without a schema. */
    public List<FieldDescription> fields() {
        return hasSchema() ? AvroFields.of(schema) : List.of();
    }

    /** The Avro schema of the values, as maps and lists. */
    public Map<String, Object> avroSchema() {
        try {
            return MAPPER.readValue(
                    schema.toString(), new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an Avro schema is JSON", e);
        }
    }

    /** The JSON Schema of the values in JSON, as maps and lists. */
    public Map<String, Object> jsonSchema() {
        return JsonForm.of(schema);
    }

    private static List<FieldDescription> forecastHeaders() {
        return List.of(
                header(
                        ForecastRecordSerializer.ISSUED_AT,
                        "When the forecast was issued by the clock: ISO-8601 with milliseconds, in"
                                + " UTC. It is no part of the value, which depends on the stream"
                                + " alone."));
    }

    private static List<FieldDescription> letterHeaders() {
        return List.of(
                header(
                        DeadLetterRecordSerializer.REASON,
                        "Why it is a dead letter: one of "
                                + Arrays.stream(DeadLetterReason.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + "."),
                header(DeadLetterRecordSerializer.DETAIL, "The reason in words."),
                header(DeadLetterRecordSerializer.TOPIC, "The topic that it came from."),
                header(DeadLetterRecordSerializer.PARTITION, "The partition there."),
                header(DeadLetterRecordSerializer.OFFSET, "The offset there."),
                header(
                        DeadLetterRecordSerializer.TIMESTAMP,
                        "Its Kafka timestamp there, in milliseconds since 1970; -1 for none. The"
                                + " timestamp of the dead letter is the time of writing."),
                header(
                        DeadLetterRecordSerializer.TIMESTAMP_TYPE,
                        "Kafka's name for that timestamp: CreateTime, LogAppendTime or"
                                + " NoTimestampType."),
                header(
                        DeadLetterRecordSerializer.CUT,
                        "Only of a record that was too large for the topic: its original sizes."
                                + " Key and value keep their beginnings."));
    }

    private static FieldDescription header(String name, String meaning) {
        return new FieldDescription(name, "UTF-8 text", meaning);
    }
}
