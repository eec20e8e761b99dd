package io.tickformer.operator;

import io.tickformer.context.ContextFit;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.EmptyTick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.serialization.StateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * What a checkpoint or savepoint says of the series contexts in it: grid, length of the ring, the
 * channels that share a context, and what the values of ticks mean. A model of another tick length,
 * list of channels or meaning cannot go on with these contexts. One of another ring length can,
 * after {@link ContextFit}; one that differs in anything else, such as half-life, weights or
 * version, can as they are.
 *
 * <p>Binary form, version 1: tickMillis (long), ringTicks (int). Version 2, of a model that mixes
 * channels: the same, and then their number (int) and names. Version 3, of other ticks than the
 * usual: the same, and then the names of aggregate and of what an empty tick is. Flink keeps the
 * version beside it, and makes instances by the constructor without arguments.
 */
public final class SeriesContextSerializerSnapshot
        implements TypeSerializerSnapshot<SeriesContext> {
    private static final int FORMAT_VERSION = 1;
    private static final int CHANNELS_FORMAT_VERSION = 2;

    private static final int TICKS_FORMAT_VERSION = 3;

    private SeriesContextSerializer serializer;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public SeriesContextSerializerSnapshot() {}

    SeriesContextSerializerSnapshot(SeriesContextSerializer serializer) {
        this.serializer = serializer;
    }

    @Override
    public int getCurrentVersion() {
        // Flink asks an empty instance, too, before it reads one.
        if (serializer != null && !isUsual(serializer.tickMeaning())) {
            return TICKS_FORMAT_VERSION;
        }
        boolean mixes = serializer != null && !serializer.channels().isEmpty();
        return mixes ? CHANNELS_FORMAT_VERSION : FORMAT_VERSION;
    }

    private static boolean isUsual(TickMeaning meaning) {
        return meaning.equals(TickMeaning.DEFAULT);
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeLong(serializer.tickMillis());
        out.writeInt(serializer.ringTicks());
        TickMeaning meaning = serializer.tickMeaning();
        if (!serializer.channels().isEmpty() || !isUsual(meaning)) {
            out.writeInt(serializer.channels().size());
            for (String channel : serializer.channels()) {
                StringValue.writeString(channel, out);
            }
        }
        if (!isUsual(meaning)) {
            StringValue.writeString(meaning.aggregate().name(), out);
            StringValue.writeString(meaning.empty().name(), out);
        }
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
            throws IOException {
        if (version < FORMAT_VERSION || version > TICKS_FORMAT_VERSION) {
            throw new StateException(
                    ("the state of the series contexts has format version %d; expected %d to %d: it"
                                    + " was written by another release")
                            .formatted(version, FORMAT_VERSION, TICKS_FORMAT_VERSION));
        }
        long tickMillis = in.readLong();
        int ringTicks = in.readInt();
        List<String> channels = new ArrayList<>();
        int count = version == FORMAT_VERSION ? 0 : in.readInt();
        for (int i = 0; i < count; i++) {
            channels.add(StringValue.readString(in));
        }
        TickMeaning meaning =
                version == TICKS_FORMAT_VERSION
                        ? new TickMeaning(
                                TickAggregate.valueOf(StringValue.readString(in)),
                                EmptyTick.valueOf(StringValue.readString(in)))
                        : TickMeaning.DEFAULT;
        serializer = new SeriesContextSerializer(tickMillis, ringTicks, channels, meaning);
    }

    @Override
    public TypeSerializer<SeriesContext> restoreSerializer() {
        return serializer;
    }

    /**
     * Called on the snapshot of the running model with that of the restored state.
     *
     * @throws UncheckedIOException if they do not fit; instead of answering incompatible, of which
     *     Flink could not say why
     */
    @Override
    public TypeSerializerSchemaCompatibility<SeriesContext> resolveSchemaCompatibility(
            TypeSerializerSnapshot<SeriesContext> oldSnapshot) {
        if (!(oldSnapshot instanceof SeriesContextSerializerSnapshot old)) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        Optional<String> objection = objection(old);
        if (objection.isPresent()) {
            throw new UncheckedIOException(new StateException(objection.get()));
        }
        return old.serializer.ringTicks() == serializer.ringTicks()
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }

    /** Why the model of this snapshot cannot go on with contexts that were written with another. */
    Optional<String> objection(SeriesContextSerializerSnapshot old) {
        List<String> differences = new ArrayList<>();
        differ(differences, "ticks of %d ms", old.serializer.tickMillis(), serializer.tickMillis());
        differ(
                differences,
                "%s",
                describe(old.serializer.channels()),
                describe(serializer.channels()));
        differ(
                differences,
                "ticks that are the %s",
                old.serializer.tickMeaning().text(),
                serializer.tickMeaning().text());
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ("the saved contexts cannot go on with this model: they have %s. Use a"
                                        + " model that agrees with them, or start without the"
                                        + " savepoint or checkpoint")
                                .formatted(String.join("; they have ", differences)));
    }

    private static void differ(
            List<String> differences, String form, Object saved, Object expected) {
        if (!saved.equals(expected)) {
            differences.add(
                    "%s, and the model has %s"
                            .formatted(form.formatted(saved), form.formatted(expected)));
        }
    }

    private static String describe(List<String> channels) {
        return channels.isEmpty()
                ? "one series each"
                : "the channels " + String.join(", ", channels);
    }
}
