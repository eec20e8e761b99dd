package io.tickformer.kafka.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.event.Anomaly;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.kafka.sink.RecordTimestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FeedbackRecordFormatTest {
    private static final ForecastScore SCORE =
            new ForecastScore(
                    "käse/1",
                    12,
                    720_000,
                    60_000,
                    1,
                    1,
                    0,
                    new double[] {0.8, 0.95},
                    List.of(
                            new StepScore(1, 8.5, 0.1, 0.05, 0.2, 3, new double[] {0.75, 1}),
                            new StepScore(
                                    96,
                                    0,
                                    Double.NaN,
                                    Double.NaN,
                                    Double.NaN,
                                    Double.NaN,
                                    new double[] {Double.NaN, Double.NaN})));

    /** Reads the bytes with the schema alone. */
    private static <T> GenericRecord avro(FeedbackRecordFormat<T> kind, T event) throws Exception {
        byte[] frame = new AvroEventFields(kind.schema().get(), 7).encode(event, kind.fields());
        assertThat(ConfluentFrame.schemaId(frame)).isEqualTo(7);
        BinaryDecoder decoder =
                DecoderFactory.get()
                        .binaryDecoder(
                                frame,
                                ConfluentFrame.HEADER_LENGTH,
                                frame.length - ConfluentFrame.HEADER_LENGTH,
                                null);
        GenericRecord record =
                new GenericDatumReader<GenericRecord>(kind.schema().get()).read(null, decoder);
        assertThat(decoder.isEnd()).isTrue();
        return record;
    }

    private static <T> JsonNode json(FeedbackRecordFormat<T> kind, T event) throws Exception {
        return new JsonMapper().readTree(JsonEventFields.encode(event, kind.fields()));
    }

    private static GenericRecord step(GenericRecord score, int position) {
        return (GenericRecord) ((List<?>) score.get("steps")).get(position);
    }

    @Test
    void aScoreIsReadBackByItsSchemaAlone() throws Exception {
        GenericRecord record = avro(FeedbackRecordFormat.SCORE, SCORE);

        assertThat(record.get("series")).hasToString("käse/1");
        assertThat(record.get("tick_index")).isEqualTo(12L);
        assertThat(record.get("calibrated_count")).isEqualTo(1);
        assertThat((List<?>) record.get("intervals")).isEqualTo(List.of(0.8, 0.95));
        assertThat(step(record, 0).get("step")).isEqualTo(1);
        assertThat(step(record, 0).get("seasonal_naive_error")).isEqualTo(3.0);
        assertThat((List<?>) step(record, 0).get("coverage")).isEqualTo(List.of(0.75, 1.0));
        assertThat(step(record, 1).get("absolute_error")).isNull();
        assertThat(FeedbackAvro.score(record)).isEqualTo(SCORE);
    }

    @Test
    void aScoreAsJsonHasTheFieldsOfTheSchemaAndNullWithoutTargets() throws Exception {
        JsonNode json = json(FeedbackRecordFormat.SCORE, SCORE);

        assertThat(json.get("series").asText()).isEqualTo("käse/1");
        assertThat(json.get("steps").get(0).get("absolute_error").doubleValue()).isEqualTo(0.1);
        assertThat(json.get("steps").get(1).get("absolute_error").isNull()).isTrue();
        assertThat(json.get("steps").get(1).get("coverage").get(0).isNull()).isTrue();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(
                        Schemas.score().getFields().stream().map(field -> field.name()).toList());
    }

    @Test
    void anAnomalyIsReadBackInBothForms() throws Exception {
        Anomaly anomaly = new Anomaly("a", 12, 720_000, 60_000, 5.5, Double.NaN, 4.25, true, true);

        GenericRecord record = avro(FeedbackRecordFormat.ANOMALY, anomaly);
        assertThat(record.get("value")).isEqualTo(5.5);
        assertThat(record.get("expected")).isNull();
        assertThat(record.get("is_high")).isEqualTo(true);
        assertThat(FeedbackAvro.anomaly(record)).isEqualTo(anomaly);
        assertThat(JsonEventFields.encode(anomaly, FeedbackRecordFormat.ANOMALY.fields()))
                .isEqualTo(
                        ("{\"series\":\"a\",\"tick_index\":12,\"tick_time\":720000,"
                                        + "\"tick_millis\":60000,\"value\":5.5,\"expected\":null,"
                                        + "\"score\":4.25,\"is_high\":true,\"is_withdrawn\":true}")
                                .getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void anEventOfEveryKindIsReadBackInBothForms(ForecastEventKind kind) throws Exception {
        ForecastEvent event =
                ForecastEvent.of("", 12, 60_000, kind, "words", Map.of("b", 2.0, "a", 1.0));

        GenericRecord record = avro(FeedbackRecordFormat.EVENT, event);
        assertThat(record.get("kind")).hasToString(kind.name());
        assertThat(record.get("tick_time")).isEqualTo(720_000L);
        assertThat((Map<?, ?>) record.get("evidence")).hasSize(2);
        assertThat(FeedbackAvro.event(record)).isEqualTo(event);
        JsonNode json = json(FeedbackRecordFormat.EVENT, event);
        assertThat(json.get("kind").asText()).isEqualTo(kind.name());
        assertThat(json.get("evidence").toString()).isEqualTo("{\"a\":1.0,\"b\":2.0}");
    }

    @Test
    void aRecordSerializerTravelsWithTheJobAndKeysBySeries() throws Exception {
        FeedbackRecordSerializer<ForecastScore> serializer =
                InstantiationUtil.clone(
                        new FeedbackRecordSerializer<>(
                                FeedbackRecordFormat.SCORE,
                                "scores",
                                OutputFormat.json(),
                                RecordTimestamp.EVENT_TIME,
                                Clock.systemUTC()));

        ProducerRecord<byte[], byte[]> record = serializer.serialize(SCORE, null, 9L);

        assertThat(record.topic()).isEqualTo("scores");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("käse/1");
        assertThat(record.timestamp()).isEqualTo(720_000);
    }

    @Test
    void theKeyOfEachEventIsReadLikeThatOfAForecast() throws Exception {
        byte[] json = JsonEventFields.encode(SCORE, FeedbackRecordFormat.SCORE.fields());
        byte[] avro =
                new AvroEventFields(Schemas.score(), 7)
                        .encode(SCORE, FeedbackRecordFormat.SCORE.fields());

        for (byte[] value : Arrays.asList(json, avro)) {
            assertThat(ForecastIdentity.read(value))
                    .isEqualTo(new ForecastIdentity("käse/1", 12, 60_000));
        }
    }
}
