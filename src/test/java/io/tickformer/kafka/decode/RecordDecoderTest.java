package io.tickformer.kafka.decode;

import static io.tickformer.kafka.deadletter.DeadLetterReason.IMPOSSIBLE_TIME;
import static io.tickformer.kafka.deadletter.DeadLetterReason.KEY_TOO_LONG;
import static io.tickformer.kafka.deadletter.DeadLetterReason.NOT_FINITE;
import static io.tickformer.kafka.deadletter.DeadLetterReason.NOT_NUMERIC;
import static io.tickformer.kafka.deadletter.DeadLetterReason.NO_KEY;
import static io.tickformer.kafka.deadletter.DeadLetterReason.NO_TIME;
import static io.tickformer.kafka.deadletter.DeadLetterReason.NO_VALUE;
import static io.tickformer.kafka.deadletter.DeadLetterReason.OUT_OF_RANGE;
import static io.tickformer.kafka.deadletter.DeadLetterReason.TOO_FAR_AHEAD;
import static io.tickformer.kafka.deadletter.DeadLetterReason.UNDECODABLE;
import static io.tickformer.kafka.deadletter.DeadLetterReason.UNKNOWN_SCHEMA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.OriginalHeader;
import io.tickformer.kafka.encode.ObservationCodec;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.registry.RegistryException;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.kafka.registry.UnknownSchemaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public final class RecordDecoderTest {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final InputLayout DEFAULT = InputLayout.ofObservations();

    @Test
    void aWholeRecordIsItsObservation() throws Exception {
        assertThat(json("{'series':'a','event_time':1500,'value':2.5}"))
                .containsExactly(observed("a", 1500, 2.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'series':'a','event_time':1500,'value':2.5 | UNDECODABLE | not JSON",
                "[1,2] | UNDECODABLE | the value is a JSON array; expected an object",
                "{'event_time':1500,'value':2.5} | NO_KEY | there is no field series; the record has event_time, value",
                "{'series':null,'event_time':1500,'value':2.5} | NO_KEY | series is null; expected text or a number",
                "{'series':'  ','event_time':1500,'value':2.5} | NO_KEY | blank",
                "{'series':'a','value':2.5} | NO_TIME | there is no field event_time; the record has series, value",
                "{'series':'a','event_time':'soon','value':2.5} | NO_TIME | event_time is \"soon\"; expected an ISO-8601 time, or millis since 1970",
                "{'series':'a','event_time':true,'value':2.5} | NO_TIME | event_time is true; expected a time",
                "{'series':'a','event_time':-1,'value':2.5} | IMPOSSIBLE_TIME | event_time is -1",
                "{'series':'a','event_time':1e300,'value':2.5} | IMPOSSIBLE_TIME | expected a time from 1970 to 9999",
                "{'series':'a','event_time':99999999999999999999,'value':1} | IMPOSSIBLE_TIME | event_time is 9",
                "{'series':'a','event_time':1500} | NO_VALUE | there is no field value; the record has series, event_time",
                "{'series':'a','event_time':1500,'value':'high'} | NOT_NUMERIC | value is \"high\"; expected a number",
                "{'series':'a','event_time':1500,'value':true} | NOT_NUMERIC | value is true",
                "{'series':'a','event_time':1500,'value':[1]} | NOT_NUMERIC | value is [1]",
                "{'series':'a','event_time':1500,'value':NaN} | NOT_FINITE | value is NaN; expected a finite number",
                "{'series':'a','event_time':1500,'value':'-Infinity'} | NOT_FINITE | value is -Infinity",
                "{'series':'a','event_time':1500,'value':1e999} | NOT_FINITE | value is Infinity",
                "{'series':'a','event_time':1500,'value':-1.1e30} | OUT_OF_RANGE | expected a magnitude of at most 1.0E30",
            })
    void aBadRecordIsADeadLetterThatSaysWhatIsWrong(String json, String reason, String words)
            throws Exception {
        DeadLetter letter = onlyLetter(json(json));
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.valueOf(reason));
        assertThat(letter.detail()).contains(words);
    }

    @Test
    void aDeadLetterKeepsCoordinatesAndBytes() throws Exception {
        byte[] key = {1};
        byte[] value = {2, 3};
        DeadLetter letter =
                onlyLetter(decode(DEFAULT, new JsonPayloadReader(), record(key, value, 123L)));
        assertThat(letter.topic()).isEqualTo("in");
        assertThat(letter.partition()).isEqualTo(4);
        assertThat(letter.offset()).isEqualTo(42);
        assertThat(letter.timestampMillis()).isEqualTo(123);
        assertThat(letter.key()).isSameAs(key);
        assertThat(letter.value()).isSameAs(value);
    }

    @Test
    void aDeadLetterKeepsTheHeadersOfItsRecord() throws Exception {
        ConsumerRecord<byte[], byte[]> record = record(null, null, 1);
        record.headers().add("trace-id", new byte[] {1, 2}).add("empty", null);

        assertThat(onlyLetter(decode(DEFAULT, new JsonPayloadReader(), record)).headers())
                .containsExactly(
                        new OriginalHeader("trace-id", new byte[] {1, 2}),
                        new OriginalHeader("empty", null));
    }

    @Test
    void aTombstoneIsADeadLetter() throws Exception {
        assertReason(NO_VALUE, decode(DEFAULT, new JsonPayloadReader(), record(null, null, 1)));
    }

    @Test
    void aKeyOfMoreThanAThousandCharactersIsADeadLetter() throws Exception {
        String good = "k".repeat(1000);
        assertThat(json("{'series':'" + good + "','event_time':1,'value':1}"))
                .containsExactly(observed(good, 1, 1));
        assertReason(KEY_TOO_LONG, json("{'series':'k" + good + "','event_time':1,'value':1}"));
    }

    @Test
    void aKeyWithHalfASurrogatePairIsADeadLetterAsUtf8CannotWriteIt() throws Exception {
        assertThat(json("{'series':'\\uD83D\\uDE00','event_time':1,'value':1}"))
                .containsExactly(observed("\uD83D\uDE00", 1, 1));
        assertReason(NO_KEY, json("{'series':'a\\uD83D','event_time':1,'value':1}"));
    }

    @Test
    void manyBadValuesOfOneRecordMakeADetailThatFitsIntoAHeader() throws Exception {
        List<String> fields = new ArrayList<>();
        StringBuilder record = new StringBuilder("{'series':'a','event_time':1");
        for (int i = 0; i < 500; i++) {
            fields.add("v" + i);
            record.append(",'v").append(i).append("':'").append("\u20AC".repeat(300)).append("'");
        }
        InputLayout wide =
                new InputLayout(
                        "series", "event_time", EpochUnit.MILLIS, fields, Duration.ofHours(1));
        byte[] value = record.append("}").toString().replace('\'', '"').getBytes(UTF_8);
        DeadLetter letter =
                onlyLetter(decode(wide, new JsonPayloadReader(), record(null, value, 1)));
        assertThat(letter.detail()).startsWith("v0 is ");
        assertThat(letter.detail().getBytes(UTF_8)).hasSizeLessThan(16 * 1024);
    }

    @Test
    void anEventTimeAheadOfTheRecordsTimestampByMoreThanTheBoundIsADeadLetter() throws Exception {
        long written = NOW.toEpochMilli() - Duration.ofDays(365).toMillis();
        long bound = Duration.ofHours(1).toMillis();
        assertThat(
                        jsonAt(
                                written,
                                "{'series':'a','event_time':" + (written + bound) + ",'value':1}"))
                .containsExactly(
                        new Decoded.Observed(new Observation("a", written + bound, 1), written));
        assertReason(
                TOO_FAR_AHEAD,
                jsonAt(
                        written,
                        "{'series':'a','event_time':" + (written + bound + 1) + ",'value':1}"));
    }

    @Test
    void anEventTimeAheadOfTheClockIsADeadLetterEvenIfTheRecordsTimestampIsAsWrong()
            throws Exception {
        long far = NOW.toEpochMilli() + Duration.ofDays(1).toMillis();
        assertReason(
                TOO_FAR_AHEAD, jsonAt(far, "{'series':'a','event_time':" + far + ",'value':1}"));
    }

    @Test
    void severalValueFieldsAreSeveralSeriesAndANullIsAMissingReading() throws Exception {
        InputLayout layout = layout("m.id", "t", "r.a", "r.b", "r.c");
        List<Decoded> decoded = new ArrayList<>();
        int missing =
                decoder(layout, new JsonPayloadReader())
                        .decode(
                                jsonRecord("{'m':{'id':7},'t':5,'r':{'a':1,'b':null,'c':3}}"),
                                decoded::add);
        assertThat(decoded).containsExactly(observed("7/r.a", 5, 1), observed("7/r.c", 5, 3));
        assertThat(missing).isEqualTo(1);
    }

    @Test
    void oneBadValueAmongSeveralIsADeadLetterAndTheOthersCount() throws Exception {
        InputLayout layout = layout("k", "t", "a", "b", "c", "d");
        List<Decoded> decoded =
                decode(
                        layout,
                        new JsonPayloadReader(),
                        jsonRecord("{'k':'s','t':5,'a':NaN,'b':2,'c':'x'}"));
        assertThat(decoded).hasSize(2).contains(observed("s/b", 5, 2));
        DeadLetter letter = ((Decoded.Rejected) decoded.get(1)).deadLetter();
        assertThat(letter.reason()).isEqualTo(NOT_FINITE);
        assertThat(letter.detail())
                .isEqualTo("a is NaN; expected a finite number; c is \"x\"; expected a number");
    }

    @Test
    void aSingleNullValueIsAMissingReadingAndNoError() throws Exception {
        assertThat(json("{'series':'a','event_time':1500,'value':null}")).isEmpty();
    }

    @Test
    void aNameWithDotsIsFoundBeforeANestedField() throws Exception {
        InputLayout layout = layout("k", "t", "a.b");
        assertThat(
                        decode(
                                layout,
                                new JsonPayloadReader(),
                                jsonRecord("{'k':'s','t':5,'a.b':1,'a':{'b':2}}")))
                .containsExactly(observed("s", 5, 1));
    }

    @Test
    void theKafkaKeyAndTimestampServeWhereNoFieldIsNamed() throws Exception {
        InputLayout layout =
                new InputLayout("", "", EpochUnit.MILLIS, List.of("v"), Duration.ofHours(1));
        byte[] value = "{\"v\":1}".getBytes(UTF_8);
        assertThat(
                        decode(
                                layout,
                                new JsonPayloadReader(),
                                record("käse".getBytes(UTF_8), value, 99)))
                .containsExactly(new Decoded.Observed(new Observation("käse", 99, 1), 99));
        assertReason(NO_KEY, decode(layout, new JsonPayloadReader(), record(null, value, 99)));
        assertReason(
                NO_KEY,
                decode(
                        layout,
                        new JsonPayloadReader(),
                        record(new byte[] {(byte) 0xff}, value, 99)));
        byte[] key = {'k'};
        assertReason(NO_TIME, decode(layout, new JsonPayloadReader(), record(key, value, -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 1467331200, 1467331200000",
        "SECONDS, 1467331200.25, 1467331200250",
        "SECONDS, '\"1467331200\"', 1467331200000",
        "MICROS, 1467331200000999, 1467331200000",
        "NANOS, 1467331200000999999, 1467331200000",
        "MILLIS, '\"2016-07-01T00:00:00Z\"', 1467331200000",
        "MILLIS, '\"2016-07-01T02:00:00+02:00\"', 1467331200000",
        "MILLIS, '\"2016-07-01T02:00:00+0200\"', 1467331200000",
        "MILLIS, '\"2016-07-01 00:00:00\"', 1467331200000",
        "MILLIS, '\"2016-07-01T00:00\"', 1467331200000",
        "MILLIS, '\"2016-07-01\"', 1467331200000",
        "MILLIS, '\" 2016-07-01t00:00:00.5z \"', 1467331200500",
    })
    void anEventTimeMayHaveManyForms(EpochUnit unit, String time, long millis) throws Exception {
        InputLayout layout = new InputLayout("k", "t", unit, List.of("v"), Duration.ofHours(1));
        byte[] value = ("{\"k\":\"s\",\"v\":\"1.5\",\"t\":" + time + "}").getBytes(UTF_8);
        assertThat(decode(layout, new JsonPayloadReader(), record(null, value, millis)))
                .containsExactly(new Decoded.Observed(new Observation("s", millis, 1.5), millis));
    }

    @Test
    void avroLogicalTypesNestedRecordsMapsAndUnionsAreRead() throws Exception {
        Schema micros = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
        Schema decimal = LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES));
        Schema reading =
                SchemaBuilder.record("Reading")
                        .fields()
                        .name("kw")
                        .type(decimal)
                        .noDefault()
                        .endRecord();
        Schema schema =
                SchemaBuilder.record("Meter")
                        .fields()
                        .name("ids")
                        .type(Schema.createMap(Schema.create(Schema.Type.STRING)))
                        .noDefault()
                        .name("at")
                        .type(micros)
                        .noDefault()
                        .name("reading")
                        .type(Schema.createUnion(Schema.create(Schema.Type.NULL), reading))
                        .noDefault()
                        .endRecord();
        GenericRecord record =
                new GenericRecordBuilder(schema)
                        .set("ids", java.util.Map.of("meter", "m-1"))
                        .set("at", 1_467_331_200_000_999L)
                        .set(
                                "reading",
                                new GenericRecordBuilder(reading)
                                        .set("kw", ByteBuffer.wrap(new byte[] {1, 0}))
                                        .build())
                        .build();
        assertThat(
                        decode(
                                layout("ids.meter", "at", "reading.kw"),
                                new AvroPayloadReader(id -> schema),
                                record(null, frame(schema, record), NOW.toEpochMilli())))
                .containsExactly(observed("m-1", 1_467_331_200_000L, 2.56));
    }

    @Test
    void aClockSetBackMakesNoRecordOneOfTheFuture() throws Exception {
        Instant[] shown = {NOW};
        Clock clock =
                new Clock() {
                    @Override
                    public Instant instant() {
                        return shown[0];
                    }

                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        throw new UnsupportedOperationException("there is one zone here");
                    }
                };
        RecordDecoder decoder = new RecordDecoder(DEFAULT, new JsonPayloadReader(), clock);
        ConsumerRecord<byte[], byte[]> present =
                jsonRecord(
                        "{'series':'a','event_time':%d,'value':1}".formatted(NOW.toEpochMilli()));
        List<Decoded> decoded = new ArrayList<>();
        decoder.decode(present, decoded::add);

        shown[0] = NOW.minus(Duration.ofDays(1));
        decoder.decode(present, decoded::add);

        Decoded observed = observed("a", NOW.toEpochMilli(), 1);
        assertThat(decoded).containsExactly(observed, observed);
    }

    @Test
    void anAvroSymbolIsASeriesKey() throws Exception {
        Schema schema =
                SchemaBuilder.record("Reading")
                        .fields()
                        .name("series")
                        .type()
                        .enumeration("Kind")
                        .symbols("HEAT", "POWER")
                        .noDefault()
                        .requiredLong("event_time")
                        .requiredDouble("value")
                        .endRecord();
        GenericRecord record =
                new GenericRecordBuilder(schema)
                        .set(
                                "series",
                                new GenericData.EnumSymbol(
                                        schema.getField("series").schema(), "POWER"))
                        .set("event_time", 1500L)
                        .set("value", 2.5)
                        .build();
        assertThat(
                        decode(
                                DEFAULT,
                                new AvroPayloadReader(id -> schema),
                                record(null, frame(schema, record), NOW.toEpochMilli())))
                .containsExactly(observed("POWER", 1500, 2.5));
    }

    @Test
    void avroThatDoesNotFitItsSchemaIsADeadLetter() throws Exception {
        byte[] good = ObservationCodec.avro(new Observation("a", 5, 1), 3);
        AvroPayloadReader reader = new AvroPayloadReader(id -> Schemas.observation());
        byte[] cut = Arrays.copyOf(good, good.length - 1);
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        byte[] otherMagic = good.clone();
        otherMagic[0] = 1;
        // A string of two gigabytes, in five bytes.
        byte[] huge = {0, 0, 0, 0, 3, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        for (byte[] bad : List.of(cut, longer, otherMagic, huge, new byte[] {0, 0})) {
            assertReason(UNDECODABLE, decode(DEFAULT, reader, record(null, bad, 1)));
        }
        assertReason(
                UNDECODABLE,
                decode(
                        DEFAULT,
                        new AvroPayloadReader(id -> Schema.create(Schema.Type.LONG)),
                        record(null, good, 1)));
    }

    @Test
    void anUnknownSchemaIsADeadLetterButASilentRegistryFailsTheRead() throws Exception {
        byte[] good = ObservationCodec.avro(new Observation("a", 5, 1), 3);
        AvroPayloadReader unknown =
                new AvroPayloadReader(
                        id -> {
                            throw new UnknownSchemaException(id);
                        });
        DeadLetter letter = onlyLetter(decode(DEFAULT, unknown, record(null, good, 1)));
        assertThat(letter.reason()).isEqualTo(UNKNOWN_SCHEMA);
        assertThat(letter.detail()).isEqualTo("the schema registry has no schema with id 3");
        AvroPayloadReader silent =
                new AvroPayloadReader(
                        id -> {
                            throw new RegistryException("no answer");
                        });
        assertThatThrownBy(() -> decode(DEFAULT, silent, record(null, good, 1)))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void reasonsThatAreWrittenToTopicsKeepTheirNames() {
        assertThat(DeadLetterReason.values())
                .containsExactly(
                        UNDECODABLE,
                        UNKNOWN_SCHEMA,
                        NO_KEY,
                        KEY_TOO_LONG,
                        NO_TIME,
                        IMPOSSIBLE_TIME,
                        TOO_FAR_AHEAD,
                        NO_VALUE,
                        NOT_NUMERIC,
                        NOT_FINITE,
                        OUT_OF_RANGE);
    }

    private static byte[] frame(Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ConfluentFrame.header(1));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static InputLayout layout(String key, String time, String... values) {
        return new InputLayout(key, time, EpochUnit.MILLIS, List.of(values), Duration.ofHours(1));
    }

    private static List<Decoded> json(String json) throws Exception {
        return decode(DEFAULT, new JsonPayloadReader(), jsonRecord(json));
    }

    private static List<Decoded> jsonAt(long timestamp, String json) throws Exception {
        return decode(
                DEFAULT,
                new JsonPayloadReader(),
                record(null, json.replace('\'', '"').getBytes(UTF_8), timestamp));
    }

    private static ConsumerRecord<byte[], byte[]> jsonRecord(String json) {
        return record(null, json.replace('\'', '"').getBytes(UTF_8), NOW.toEpochMilli());
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value, long timestamp) {
        return new ConsumerRecord<>(
                "in",
                4,
                42,
                timestamp,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static RecordDecoder decoder(InputLayout layout, PayloadReader reader) {
        return new RecordDecoder(layout, reader, CLOCK);
    }

    private static List<Decoded> decode(
            InputLayout layout, PayloadReader reader, ConsumerRecord<byte[], byte[]> record)
            throws Exception {
        List<Decoded> decoded = new ArrayList<>();
        decoder(layout, reader).decode(record, decoded::add);
        return decoded;
    }

    private static Decoded observed(String series, long time, double value) {
        return new Decoded.Observed(new Observation(series, time, value), NOW.toEpochMilli());
    }

    private static DeadLetter onlyLetter(List<Decoded> decoded) {
        assertThat(decoded).singleElement().isInstanceOf(Decoded.Rejected.class);
        return ((Decoded.Rejected) decoded.get(0)).deadLetter();
    }

    private static void assertReason(DeadLetterReason reason, List<Decoded> decoded) {
        assertThat(onlyLetter(decoded).reason()).isEqualTo(reason);
    }
}
