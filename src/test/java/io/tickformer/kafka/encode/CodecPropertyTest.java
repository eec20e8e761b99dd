package io.tickformer.kafka.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.OriginalHeader;
import io.tickformer.kafka.decode.AvroPayloadReader;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.DecodedSerializer;
import io.tickformer.kafka.decode.InputLayout;
import io.tickformer.kafka.decode.JsonPayloadReader;
import io.tickformer.kafka.decode.PayloadReader;
import io.tickformer.kafka.decode.RecordDecoder;
import io.tickformer.kafka.decode.RecordDecoderTest;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.registry.Schemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

final class CodecPropertyTest {
    private static final int SCHEMA_ID = 0x01020304;

    @Property(tries = 200)
    void aForecastWrittenFieldByFieldIsReadBackByItsSchemaAlone(
            @ForAll("series") String series,
            @ForAll @IntRange(max = 12) int horizon,
            @ForAll @IntRange(min = 1, max = 9) int levels,
            @ForAll ForecastQuality quality,
            @ForAll long seed)
            throws Exception {
        Forecast forecast = forecast(series, horizon, levels, quality, seed);
        byte[] frame = new ForecastAvro(SCHEMA_ID).encode(forecast);
        assertThat(ConfluentFrame.schemaId(frame)).isEqualTo(SCHEMA_ID);
        BinaryDecoder decoder =
                DecoderFactory.get()
                        .binaryDecoder(
                                frame,
                                ConfluentFrame.HEADER_LENGTH,
                                frame.length - ConfluentFrame.HEADER_LENGTH,
                                null);
        GenericRecord record =
                new GenericDatumReader<GenericRecord>(Schemas.forecast()).read(null, decoder);
        assertThat(decoder.isEnd()).isTrue();
        assertThat(ForecastAvro.fromRecord(record)).isEqualTo(forecast);
    }

    @Property(tries = 200)
    void aForecastAsJsonReadsBackEqual(
            @ForAll("series") String series,
            @ForAll @IntRange(max = 12) int horizon,
            @ForAll @IntRange(min = 1, max = 9) int levels,
            @ForAll ForecastQuality quality,
            @ForAll long seed)
            throws Exception {
        Forecast forecast = forecast(series, horizon, levels, quality, seed);
        assertThat(ForecastJson.decode(ForecastJson.encode(forecast))).isEqualTo(forecast);
    }

    @Property(tries = 200)
    void anObservationIsDecodedToItselfFromAvroAndFromJson(
            @ForAll("series") String series,
            @ForAll @LongRange(min = 0, max = 1_700_000_000_000L) long time,
            @ForAll @DoubleRange(min = -1e30, max = 1e30) double value)
            throws Exception {
        Observation observation = new Observation(series, time, value);
        AvroPayloadReader avro = new AvroPayloadReader(id -> Schemas.observation());
        assertThat(decode(avro, ObservationCodec.avro(observation, 7)))
                .containsExactly(new Decoded.Observed(observation, -1));
        assertThat(decode(new JsonPayloadReader(), ObservationCodec.json(observation)))
                .containsExactly(new Decoded.Observed(observation, -1));
    }

    @Property(tries = 1000)
    void noBytesWhateverThrowOrVanish(@ForAll byte[] bytes, @ForAll boolean framed)
            throws Exception {
        byte[] value = bytes;
        if (framed) {
            value = new byte[bytes.length + ConfluentFrame.HEADER_LENGTH];
            System.arraycopy(ConfluentFrame.header(1), 0, value, 0, ConfluentFrame.HEADER_LENGTH);
            System.arraycopy(bytes, 0, value, ConfluentFrame.HEADER_LENGTH, bytes.length);
        }
        AvroPayloadReader forecasts = new AvroPayloadReader(id -> Schemas.forecast());
        assertThat(decode(forecasts, value)).hasSize(1);
        assertThat(decode(new JsonPayloadReader(), value)).hasSize(1);
    }

    @Property(tries = 200)
    void whatTravelsBetweenTasksReadsBackEqual(
            @ForAll("series") String series,
            @ForAll long number,
            @ForAll double value,
            @ForAll byte[] bytes,
            @ForAll boolean bare,
            @ForAll DeadLetterReason reason)
            throws IOException {
        List<Decoded> all =
                List.of(
                        new Decoded.Observed(new Observation(series, number, value), number),
                        new Decoded.Rejected(
                                new DeadLetter(
                                        reason,
                                        series,
                                        "topic",
                                        3,
                                        number,
                                        -1,
                                        "LogAppendTime",
                                        bare ? null : bytes,
                                        bare ? bytes : null,
                                        List.of(
                                                new OriginalHeader(series, bytes),
                                                new OriginalHeader(series, null)))));
        DecodedSerializer serializer = DecodedSerializer.INSTANCE;
        DataOutputSerializer out = new DataOutputSerializer(64);
        for (Decoded decoded : all) {
            serializer.serialize(decoded, out);
        }
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        for (Decoded decoded : all) {
            assertThat(serializer.deserialize(in)).isEqualTo(decoded);
        }
        assertThat(in.available()).isZero();
    }

    @Provide
    Arbitrary<String> series() {
        return Arbitraries.strings()
                .withChars('a', 'Z', '0', ' ', '/', 'é', '東', '"', '\\', '\n')
                .ofMinLength(1)
                .ofMaxLength(30)
                .filter(text -> !text.isBlank());
    }

    private static List<Decoded> decode(PayloadReader reader, byte[] value) throws Exception {
        List<Decoded> decoded = new ArrayList<>();
        new RecordDecoder(InputLayout.ofObservations(), reader, RecordDecoderTest.CLOCK)
                .decode(new ConsumerRecord<>("in", 0, 0, new byte[0], value), decoded::add);
        return decoded;
    }

    private static Forecast forecast(
            String series, int horizon, int levels, ForecastQuality quality, long seed) {
        Random random = new Random(seed);
        double[] quantileLevels = new double[levels];
        for (int i = 0; i < levels; i++) {
            quantileLevels[i] = (i + 1.0) / (levels + 1);
        }
        double[] quantiles = new double[horizon * levels];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = (random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
        }
        double[] mean = new double[horizon];
        for (int i = 0; i < horizon; i++) {
            mean[i] = random.nextFloat();
        }
        return new Forecast(
                series,
                random.nextLong() >> 20,
                random.nextLong() >> 10,
                1 + random.nextInt(1_000_000),
                quantileLevels,
                quantiles,
                mean,
                "model " + series,
                "1",
                random.nextInt(1000),
                quality,
                random.nextBoolean());
    }
}
