package io.tickformer.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Observation;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.DeadLetterSerializer;
import io.tickformer.kafka.deadletter.OriginalHeader;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.DecodedSerializer;
import io.tickformer.operator.ForecastSerializer;
import io.tickformer.operator.TickPieceSerializer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value that flows between tasks, by the serializer it flows with. */
final class ImmutableValueSerializerTest {

    static Stream<Arguments> values() {
        Observation observation = new Observation("Zähler 7", 5, 0.1);
        DeadLetter letter =
                new DeadLetter(
                        DeadLetterReason.NO_KEY,
                        "there is no key",
                        "in",
                        3,
                        99,
                        -1,
                        "NoTimestampType",
                        null,
                        new byte[] {7},
                        List.of(new OriginalHeader("trace-id", new byte[] {1, 2})));
        Forecast forecast =
                new Forecast(
                        "Zähler 7",
                        12,
                        720_000,
                        60_000,
                        new double[] {0.5},
                        new double[] {1, 2},
                        new double[] {3, 4},
                        "model",
                        "1",
                        9,
                        ForecastQuality.OK);
        return Stream.of(
                Arguments.of(ObservationSerializer.TYPE, observation),
                Arguments.of(DeadLetterSerializer.TYPE, letter),
                Arguments.of(DecodedSerializer.TYPE, new Decoded.Observed(observation, 17)),
                Arguments.of(DecodedSerializer.TYPE, new Decoded.Rejected(letter)),
                Arguments.of(
                        TickPieceSerializer.TYPE,
                        new TickPiece("Zähler 7", -12, TickAccumulator.of(7, 0.1, Double.NaN), 6)),
                Arguments.of(ForecastSerializer.TYPE, forecast));
    }

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }

    private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void aValueComesBackAsItWasAndIsItsOwnCopy(TypeInformation<T> type, T value)
            throws IOException {
        TypeSerializer<T> serializer = serializer(type);
        byte[] bytes = bytes(serializer, value);
        DataInputDeserializer in = new DataInputDeserializer(bytes);

        assertThat(serializer.deserialize(value, in)).isEqualTo(value).isNotSameAs(value);
        assertThat(in.available()).isZero();
        assertThat(serializer.copy(value, value)).isSameAs(value);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(bytes), copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void anUnknownVersionIsRefused(TypeInformation<T> type, T value) throws IOException {
        TypeSerializer<T> serializer = serializer(type);
        byte[] bytes = bytes(serializer, value);
        byte version = bytes[0];
        assertThat(version).isBetween((byte) 1, (byte) 8);
        bytes[0] = 9;

        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "%s: the record has format version 9; expected %d: it was written by another"
                                + " release. Run that release, or start without the savepoint or"
                                + " checkpoint",
                        serializer.getClass().getSimpleName(), version);
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void theSerializerIsFoundAgainFromItsSnapshot(TypeInformation<T> type, T value)
            throws IOException {
        TypeSerializer<T> serializer = serializer(type);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<T> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());

        assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
        assertThat(serializer.snapshotConfiguration().resolveSchemaCompatibility(snapshot))
                .matches(compatibility -> compatibility.isCompatibleAsIs());
        assertThat(snapshot.restoreSerializer().deserialize(in(serializer, value)))
                .isEqualTo(value);
    }

    private static <T> DataInputDeserializer in(TypeSerializer<T> serializer, T value)
            throws IOException {
        return new DataInputDeserializer(bytes(serializer, value));
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void aTypeTravelsWithTheJobAndStaysEqual(TypeInformation<T> type, T value)
            throws Exception {
        TypeInformation<T> there = InstantiationUtil.clone(type);

        assertThat(there).isEqualTo(type).hasSameHashCodeAs(type);
        assertThat(serializer(there)).isEqualTo(serializer(type));
        assertThat(there.getTypeClass().isInstance(value)).isTrue();
        assertThat(there.isKeyType()).isFalse();
    }

    /** A form of text, which began as a number. */
    private static final class SecondVersion extends ImmutableValueSerializer<String> {
        private static final long serialVersionUID = 1L;

        SecondVersion() {
            super(2);
        }

        @Override
        protected void write(String value, DataOutputView target) throws IOException {
            target.writeUTF(value);
        }

        @Override
        protected String read(DataInputView source) throws IOException {
            return source.readUTF();
        }

        @Override
        protected String readOlder(int found, DataInputView source) throws IOException {
            return found == 1 ? Long.toString(source.readLong()) : super.readOlder(found, source);
        }

        @Override
        public TypeSerializerSnapshot<String> snapshotConfiguration() {
            throw new UnsupportedOperationException("no job uses it");
        }
    }

    @Test
    void aNewerFormReadsTheOlderOne() throws IOException {
        SecondVersion serializer = new SecondVersion();
        byte[] older = {1, 0, 0, 0, 0, 0, 0, 0, 7};

        assertThat(serializer.deserialize(new DataInputDeserializer(older))).isEqualTo("7");
        assertThat(serializer.deserialize(new DataInputDeserializer(bytes(serializer, "x"))))
                .isEqualTo("x");
        assertThatThrownBy(
                        () ->
                                serializer.deserialize(
                                        new DataInputDeserializer(new byte[] {3, 0, 0})))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("format version 3; expected 2");
    }

    @Test
    void typesOfDifferentValuesDiffer() {
        assertThat(TickPieceSerializer.TYPE).isNotEqualTo(ForecastSerializer.TYPE);
        assertThat(TickPieceSerializer.INSTANCE).isNotEqualTo(ForecastSerializer.INSTANCE);
    }
}
