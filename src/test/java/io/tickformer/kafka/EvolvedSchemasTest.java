package io.tickformer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.InputLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Producers change their schemas while the job runs; each record is read by its own. */
final class EvolvedSchemasTest {
    private static final String PLAIN =
            "{'name':'series','type':'string'},{'name':'event_time','type':'long'},";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'value','type':'int'} | 3",
                "{'name':'value','type':'long'} | 3",
                "{'name':'value','type':'float'} | 3",
                "{'name':'value','type':'double'} | 3",
                "{'name':'value','type':['null','double']} | 3",
                "{'name':'value','type':['int','null','string']} | 3",
                "{'name':'added','type':'string','default':'x'},{'name':'value','type':'double'} | 3",
                "{'name':'reading','aliases':['value'],'type':'double'} | 3",
            })
    void aFieldThatIsWidenedAddedOrRenamedWithAnAliasIsReadOn(String fields, double value)
            throws IOException {
        Schema schema = schema(PLAIN + fields);
        GenericRecord record = new GenericData.Record(schema);
        record.put("series", "a");
        record.put("event_time", 1500L);
        for (Schema.Field field : schema.getFields().subList(2, schema.getFields().size())) {
            record.put(field.pos(), field.name().equals("added") ? "y" : number(field, value));
        }
        assertThat(decode(schema, record))
                .containsExactly(new Decoded.Observed(new Observation("a", 1500, value), -1));
    }

    private static Object number(Schema.Field field, double value) {
        Schema.Type type =
                field.schema().isUnion()
                        ? field.schema().getTypes().stream()
                                .map(Schema::getType)
                                .filter(each -> each != Schema.Type.NULL)
                                .findFirst()
                                .orElseThrow()
                        : field.schema().getType();
        return switch (type) {
            case INT -> (int) value;
            case LONG -> (long) value;
            case FLOAT -> (float) value;
            default -> value;
        };
    }

    @Test
    void aFieldThatWasRemovedOrRenamedWithoutAnAliasIsADeadLetterThatNamesThoseThereAre()
            throws IOException {
        Schema schema = schema(PLAIN + "{'name':'reading','type':'double'}");
        GenericRecord record = new GenericData.Record(schema);
        record.put("series", "a");
        record.put("event_time", 1500L);
        record.put("reading", 3.0);
        DeadLetter letter = onlyLetter(decode(schema, record));
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.NO_VALUE);
        assertThat(letter.detail())
                .isEqualTo("there is no field value; the record has series, event_time, reading");
    }

    @Test
    void aValueThatBecameARecordIsADeadLetterUntilItsPathIsNamed() throws IOException {
        Schema schema =
                schema(
                        PLAIN
                                + "{'name':'value','type':{'type':'record','name':'V','fields':[{'name':'kw','type':'double'}]}}");
        GenericRecord value = new GenericData.Record(schema.getField("value").schema());
        value.put("kw", 3.0);
        GenericRecord record = new GenericData.Record(schema);
        record.put("series", "a");
        record.put("event_time", 1500L);
        record.put("value", value);
        DeadLetter letter = onlyLetter(decode(schema, record));
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.NOT_NUMERIC);
        assertThat(letter.detail()).isEqualTo("value is of type record; expected a number");
        CheckedDecoder door =
                CheckedDecoder.avro(
                        CheckedDecoder.layout("series", "event_time", "value.kw"), id -> schema);
        assertThat(door.decode(CheckedDecoder.frame(1, bytes(schema, record))))
                .containsExactly(new Decoded.Observed(new Observation("a", 1500, 3), -1));
    }

    @Test
    void aNullOfAUnionIsAMissingReadingAndAKeyThatBecameNullIsADeadLetter() throws IOException {
        Schema schema =
                schema(
                        "{'name':'series','type':['null','string']},{'name':'event_time','type':'long'},"
                                + "{'name':'value','type':['null','double']}");
        GenericRecord missing = new GenericData.Record(schema);
        missing.put("series", "a");
        missing.put("event_time", 1500L);
        assertThat(decode(schema, missing)).isEmpty();
        GenericRecord keyless = new GenericData.Record(schema);
        keyless.put("event_time", 1500L);
        keyless.put("value", 3.0);
        assertThat(onlyLetter(decode(schema, keyless)).reason()).isEqualTo(DeadLetterReason.NO_KEY);
    }

    /** Records of several versions follow each other in one topic. */
    @Test
    void recordsOfSeveralVersionsAreReadEachByItsOwn() throws IOException {
        Map<Integer, Schema> schemas =
                Map.of(
                        1, schema(PLAIN + "{'name':'value','type':'int'}"),
                        2,
                                schema(
                                        "{'name':'value','type':'double'},"
                                                + PLAIN.substring(0, PLAIN.length() - 1)));
        CheckedDecoder door = CheckedDecoder.avro(InputLayout.ofObservations(), schemas::get);
        for (int round = 0; round < 3; round++) {
            for (Map.Entry<Integer, Schema> version : schemas.entrySet()) {
                Schema schema = version.getValue();
                GenericRecord record = new GenericData.Record(schema);
                record.put("series", "a");
                record.put("event_time", 1500L);
                record.put("value", number(schema.getField("value"), 3));
                assertThat(
                                door.decode(
                                        CheckedDecoder.frame(
                                                version.getKey(), bytes(schema, record))))
                        .containsExactly(new Decoded.Observed(new Observation("a", 1500, 3), -1));
            }
        }
    }

    private static Schema schema(String fields) {
        return new Schema.Parser()
                .parse(
                        ("{'type':'record','name':'R','fields':[" + fields + "]}")
                                .replace('\'', '"'));
    }

    private static List<Decoded> decode(Schema schema, GenericRecord record) throws IOException {
        return CheckedDecoder.avro(InputLayout.ofObservations(), id -> schema)
                .decode(CheckedDecoder.frame(1, bytes(schema, record)));
    }

    private static byte[] bytes(Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static DeadLetter onlyLetter(List<Decoded> decoded) {
        assertThat(decoded).singleElement().isInstanceOf(Decoded.Rejected.class);
        return ((Decoded.Rejected) decoded.get(0)).deadLetter();
    }
}
