package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.EmptyTick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.spec.Normalisation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.Test;

final class SeriesContextSerializerTest {
    private static final Normalisation NORMALISATION = new Normalisation(4, 4);
    private static final SeriesContextSerializer SERIALIZER =
            new SeriesContextSerializer(60_000, 4);

    private static SeriesContext example() {
        SeriesContext context = new SeriesContext(4);
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
        return golden("series-context-serializer-snapshot-v1.hex");
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = SeriesContextSerializerTest.class.getResourceAsStream(name)) {
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
        SERIALIZER.serialize(new SeriesContext(4), two);
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
                                        4,
                                        new DataInputDeserializer(new byte[64]),
                                        getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 4; expected 1 to 3");
    }

    @Test
    void theSnapshotOfChannelsIsStillWrittenAndRead() throws IOException {
        SeriesContextSerializer serializer =
                new SeriesContextSerializer(
                        60_000, 4, List.of("power", "volt"), TickMeaning.DEFAULT);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        byte[] golden = golden("series-context-serializer-snapshot-v2.hex");

        assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer()))
                .isEqualTo(HexFormat.of().formatHex(golden));
        TypeSerializerSnapshot<SeriesContext> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(golden), getClass().getClassLoader());
        assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
    }

    @Test
    void anotherContextLengthIsMigrated() throws IOException {
        SeriesContextSerializer longer = new SeriesContextSerializer(60_000, 6);

        assertThat(compatibility(longer, SERIALIZER).isCompatibleAfterMigration()).isTrue();
        // As Flink migrates: read by the old one, written by the new one.
        DataOutputSerializer out = new DataOutputSerializer(64);
        longer.serialize(SERIALIZER.deserialize(new DataInputDeserializer(bytes(example()))), out);
        SeriesContext migrated =
                longer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(migrated.ringTicks()).isEqualTo(6);
        assertThat(migrated.headTick()).isEqualTo(8);
        assertThat(migrated.observedTicks()).isEqualTo(example().observedTicks());
    }

    @Test
    void anotherGridOrListOfChannelsIsRefusedForGood() {
        assertRefused(
                new SeriesContextSerializer(3_600_000, 4),
                "they have ticks of 60000 ms, and the model has ticks of 3600000 ms.");
        assertRefused(
                new SeriesContextSerializer(60_000, 4, List.of("b", "a"), TickMeaning.DEFAULT),
                "they have one series each, and the model has the channels b, a.");
        assertRefused(
                new SeriesContextSerializer(1, 4, List.of("b", "a"), TickMeaning.DEFAULT),
                "ticks of 60000 ms, and the model has ticks of 1 ms; they have one series each, and"
                        + " the model has the channels b, a.");
        assertRefused(
                new SeriesContextSerializer(
                        60_000, 4, List.of(), TickMeaning.of(TickAggregate.SUM)),
                "they have ticks that are the mean, empty ticks missing, and the model has ticks"
                        + " that are the sum, empty ticks zero.");
    }

    @Test
    void aSnapshotSaysWhatTheTicksMean() throws IOException {
        SeriesContextSerializer counts =
                new SeriesContextSerializer(
                        60_000, 4, List.of(), TickMeaning.of(TickAggregate.COUNT));
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, counts.snapshotConfiguration());
        TypeSerializerSnapshot<SeriesContext> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());

        assertThat(snapshot.restoreSerializer()).isEqualTo(counts);
        assertThat(snapshot.restoreSerializer().createInstance().emptyTick())
                .isEqualTo(EmptyTick.ZERO);
    }

    private static void assertRefused(SeriesContextSerializer model, String difference) {
        assertThatThrownBy(() -> compatibility(model, SERIALIZER))
                .cause()
                .hasMessageStartingWith("the saved contexts cannot go on with this model: they")
                .hasMessageContaining(difference)
                .hasMessageEndingWith("or start without the savepoint or checkpoint")
                .matches(
                        cause ->
                                ThrowableClassifier.getThrowableType(cause)
                                        == ThrowableType.NonRecoverableError);
    }

    private static TypeSerializerSchemaCompatibility<SeriesContext> compatibility(
            SeriesContextSerializer model, SeriesContextSerializer saved) {
        return model.snapshotConfiguration()
                .resolveSchemaCompatibility(saved.snapshotConfiguration());
    }
}
