package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.context.SeriesContext;
import io.tickformer.spec.Normalisation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

final class SeriesContextSerializerTest {
    private static final Normalisation NORMALISATION = new Normalisation(4, 1e-3, 1e-6);
    private static final SeriesContextSerializer SERIALIZER =
            new SeriesContextSerializer(60_000, 4, NORMALISATION);

    private static SeriesContext example() {
        SeriesContext context = new SeriesContext(4, NORMALISATION);
        for (int tick = 0; tick < 9; tick += 2) {
            context.update(tick, tick + 0.5);
        }
        return context;
    }

    private static byte[] bytes(SeriesContext context) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        SERIALIZER.serialize(context, out);
        return out.getCopyOfBuffer();
    }

    private static byte[] golden() throws IOException {
        try (InputStream in =
                SeriesContextSerializerTest.class.getResourceAsStream(
                        "series-context-serializer-snapshot-v1.hex")) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }

    @Test
    void aContextComesBackAsItWas() throws IOException {
        byte[] bytes = bytes(example());

        SeriesContext back = SERIALIZER.deserialize(new DataInputDeserializer(bytes));

        assertThat(bytes(back)).isEqualTo(bytes);
        assertThat(back.headTick()).isEqualTo(8);
    }

    @Test
    void aCopyIsIndependent() throws IOException {
        SeriesContext original = example();
        SeriesContext copy = SERIALIZER.copy(original);
        original.update(9, 1);

        assertThat(bytes(copy)).isEqualTo(bytes(example()));
    }

    @Test
    void bytesAreCopiedOneContextAtATime() throws IOException {
        DataOutputSerializer two = new DataOutputSerializer(64);
        SERIALIZER.serialize(example(), two);
        SERIALIZER.serialize(new SeriesContext(4, NORMALISATION), two);
        DataOutputSerializer copied = new DataOutputSerializer(64);

        SERIALIZER.copy(new DataInputDeserializer(two.getCopyOfBuffer()), copied);

        assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes(example()));
    }

    @Test
    void theSnapshotOfVersionOneIsStillWritten() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, SERIALIZER.snapshotConfiguration());

        assertThat(out.getCopyOfBuffer()).isEqualTo(golden());
    }

    @Test
    void theSnapshotOfVersionOneIsStillRead() throws IOException {
        TypeSerializerSnapshot<SeriesContext> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(golden()), getClass().getClassLoader());

        TypeSerializer<SeriesContext> restored = snapshot.restoreSerializer();
        assertThat(restored).isEqualTo(SERIALIZER);
        assertThat(
                        SERIALIZER
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(snapshot)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void anUnknownVersionOfTheSnapshotIsRefused() {
        SeriesContextSerializerSnapshot snapshot = new SeriesContextSerializerSnapshot();

        assertThatThrownBy(
                        () ->
                                snapshot.readSnapshot(
                                        3,
                                        new DataInputDeserializer(new byte[64]),
                                        getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 3; expected 1 or 2");
    }

    @Test
    void anotherGridIsRefused() {
        SeriesContextSerializer hourly = new SeriesContextSerializer(3_600_000, 4, NORMALISATION);

        assertThatThrownBy(
                        () ->
                                hourly.snapshotConfiguration()
                                        .resolveSchemaCompatibility(
                                                SERIALIZER.snapshotConfiguration()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("contexts of 4 ticks of 60000 ms")
                .hasMessageContaining("the model expects 4 ticks of 3600000 ms");
    }
}
