package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EventSerializersTest {
    private static final TickPiece PIECE =
            new TickPiece("Zähler 7 – Süd", -12, TickAccumulator.of(-9, 0.1), 11);

    private static Forecast forecast(ForecastQuality quality) {
        return new Forecast(
                "Zähler 7",
                12,
                720_000,
                60_000,
                new double[] {0.1, 0.9},
                new double[] {1, 2, 3, 4, 5, 6},
                new double[] {1.5f, 3.5f, 5.5f},
                "model",
                "v1",
                9,
                quality);
    }

    private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static <T> T roundTrip(TypeSerializer<T> serializer, T value) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes(serializer, value));
        T back = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        return back;
    }

    @Test
    void aTickComesBackAsItWas() throws IOException {
        assertThat(roundTrip(TickPieceSerializer.INSTANCE, PIECE)).isEqualTo(PIECE);
    }

    @Test
    void aTickOfSeveralChannelsComesBackAsItWas() throws IOException {
        TickAccumulator gathered = TickAccumulator.of(-9, 0.1, Double.NaN, 230);
        gathered.add(2, -8, 231);
        TickPiece piece = new TickPiece("Zähler 7", -12, gathered, Long.MIN_VALUE);

        assertThat(roundTrip(TickPieceSerializer.INSTANCE, piece)).isEqualTo(piece);
    }

    @Test
    void theBytesOfATickOfASingleSeriesAreThoseOfVersionOne() throws IOException {
        TickPiece piece = new TickPiece("a", 7, TickAccumulator.of(9, 0.5), 8);

        assertThat(HexFormat.of().formatHex(bytes(TickPieceSerializer.INSTANCE, piece)))
                .isEqualTo(
                        "01"
                                + "0261"
                                + "0000000000000007"
                                + "0000000000000008"
                                + "010001"
                                + "0000000000000001"
                                + "0000000000000009"
                                + "3fe0000000000000");
    }

    @ParameterizedTest
    @EnumSource
    void aForecastComesBackAsItWas(ForecastQuality quality) throws IOException {
        Forecast forecast = forecast(quality);

        assertThat(roundTrip(ForecastSerializer.INSTANCE, forecast)).isEqualTo(forecast);
    }

    @Test
    void anUnknownQualityIsRefused() throws IOException {
        byte[] bytes = bytes(ForecastSerializer.INSTANCE, forecast(ForecastQuality.OK));
        // The last byte but one: after it stands whether the forecast is calibrated.
        bytes[bytes.length - 2] = 8;

        assertThatThrownBy(
                        () ->
                                ForecastSerializer.INSTANCE.deserialize(
                                        new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("code 8");
    }

    @Test
    void theTypesBringTheirOwnSerializers() throws Exception {
        SerializerConfigImpl config = new SerializerConfigImpl();

        assertThat(TickPieceSerializer.TYPE.createSerializer(config))
                .isSameAs(TickPieceSerializer.INSTANCE);
        assertThat(ForecastSerializer.TYPE.createSerializer(config))
                .isSameAs(ForecastSerializer.INSTANCE);
        // They travel with the job.
        assertThat(InstantiationUtil.clone(TickPieceSerializer.TYPE))
                .isEqualTo(TickPieceSerializer.TYPE);
        assertThat(InstantiationUtil.clone(ForecastSerializer.TYPE))
                .isNotEqualTo(TickPieceSerializer.TYPE);
    }

    @Test
    void serializersAreFoundAgainFromTheirSnapshots() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(
                out, ForecastSerializer.INSTANCE.snapshotConfiguration());

        TypeSerializerSnapshot<Forecast> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());

        assertThat(snapshot.restoreSerializer()).isSameAs(ForecastSerializer.INSTANCE);
    }
}
