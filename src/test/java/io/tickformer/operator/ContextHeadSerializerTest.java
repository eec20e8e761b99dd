package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.context.ContextHead;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.serialization.StateException;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class ContextHeadSerializerTest {
    private static final ContextHeadSerializer SERIALIZER =
            new ContextHeadSerializer(60_000, List.of(), TickMeaning.DEFAULT);
    private static final ContextHeadSerializer CHANNELS =
            new ContextHeadSerializer(
                    60_000, List.of("power", "volt"), TickMeaning.of(TickAggregate.SUM));

    private static byte[] golden(String name) throws IOException {
        String hex = Repository.read("src/test/resources/state/0.1.0/contexts/" + name + ".hex");
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static String snapshot(ContextHeadSerializer serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        return HexFormat.of().formatHex(out.getCopyOfBuffer());
    }

    private static TypeSerializer<ContextHead> restored(String name) throws IOException {
        TypeSerializerSnapshot<ContextHead> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(golden(name)),
                        ContextHeadSerializerTest.class.getClassLoader());
        return snapshot.restoreSerializer();
    }

    @Test
    void theSnapshotIsStillWrittenAndRead() throws IOException {
        assertThat(snapshot(SERIALIZER))
                .isEqualTo(HexFormat.of().formatHex(golden("context-head-snapshot-1")));
        assertThat(restored("context-head-snapshot-1")).isEqualTo(SERIALIZER);
        assertThat(snapshot(CHANNELS))
                .isEqualTo(HexFormat.of().formatHex(golden("context-head-snapshot-of-channels-1")));
        assertThat(restored("context-head-snapshot-of-channels-1")).isEqualTo(CHANNELS);
    }

    @Test
    void anUnknownVersionOfTheSnapshotIsRefused() {
        ContextHeadSerializerSnapshot snapshot = new ContextHeadSerializerSnapshot();

        assertThatThrownBy(
                        () ->
                                snapshot.readSnapshot(
                                        2,
                                        new DataInputDeserializer(new byte[64]),
                                        getClass().getClassLoader()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("format version 2; expected 1")
                .hasMessageEndingWith("or start without the savepoint or checkpoint");
    }

    @Test
    void anUnknownVersionOfAHeadOrABlockEndsTheJob() {
        byte[] newer = {9, 0, 0};

        assertEndsTheJob(() -> SERIALIZER.deserialize(new DataInputDeserializer(newer)));
        assertEndsTheJob(
                () ->
                        ContextBlockSerializer.INSTANCE.deserialize(
                                new DataInputDeserializer(newer)));
    }

    private static void assertEndsTheJob(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("format version 9; expected 1")
                .matches(
                        e ->
                                ThrowableClassifier.getThrowableType(e)
                                        == ThrowableType.NonRecoverableError);
    }

    @Test
    void theSameGridAndChannelsGoOnWithoutMigration() {
        assertThat(compatibility(SERIALIZER, SERIALIZER).isCompatibleAsIs()).isTrue();
    }

    @Test
    void anotherGridListOfChannelsOrMeaningOfTicksIsRefusedForGood() {
        assertRefused(
                new ContextHeadSerializer(3_600_000, List.of(), TickMeaning.DEFAULT),
                "they have ticks of 60000 ms, and the model has ticks of 3600000 ms.");
        assertRefused(
                new ContextHeadSerializer(60_000, List.of("b", "a"), TickMeaning.DEFAULT),
                "they have one series each, and the model has the channels b, a.");
        assertRefused(
                new ContextHeadSerializer(1, List.of("b", "a"), TickMeaning.DEFAULT),
                "ticks of 60000 ms, and the model has ticks of 1 ms; they have one series each, and"
                        + " the model has the channels b, a.");
        assertRefused(
                new ContextHeadSerializer(60_000, List.of(), TickMeaning.of(TickAggregate.SUM)),
                "they have ticks with the aggregate mean, empty ticks missing, and the model has"
                        + " ticks with the aggregate sum, empty ticks zero.");
    }

    private static void assertRefused(ContextHeadSerializer model, String difference) {
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

    private static TypeSerializerSchemaCompatibility<ContextHead> compatibility(
            ContextHeadSerializer model, ContextHeadSerializer saved) {
        return model.snapshotConfiguration()
                .resolveSchemaCompatibility(saved.snapshotConfiguration());
    }
}
