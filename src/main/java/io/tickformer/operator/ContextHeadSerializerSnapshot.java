package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.context.ContextHead;
import io.tickformer.event.EmptyTickPolicy;
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
 * Describes the contexts in a checkpoint or savepoint: tick length, the channels that share a
 * context, and the meaning of ticks. A model that differs in these cannot continue with them. A
 * model may differ in anything else, such as context length, normalisation, weights or version: a
 * context holds the ticks as observed, and nothing that the model computes from them.
 *
 * <p>Binary form, version 1: tickMillis (long), number of channels (int), 0 for a single series,
 * and their names, and the names of aggregate and rule for empty ticks. Flink stores the version
 * with it, and creates instances by the constructor without arguments.
 */
@Internal
public final class ContextHeadSerializerSnapshot implements TypeSerializerSnapshot<ContextHead> {
    private static final int FORMAT_VERSION = 1;

    private ContextHeadSerializer serializer;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public ContextHeadSerializerSnapshot() {}

    ContextHeadSerializerSnapshot(ContextHeadSerializer serializer) {
        this.serializer = serializer;
    }

    @Override
    public int getCurrentVersion() {
        return FORMAT_VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeLong(serializer.tickMillis());
        out.writeInt(serializer.channels().size());
        for (String channel : serializer.channels()) {
            StringValue.writeString(channel, out);
        }
        StringValue.writeString(serializer.tickMeaning().aggregate().name(), out);
        StringValue.writeString(serializer.tickMeaning().empty().name(), out);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
            throws IOException {
        if (version != FORMAT_VERSION) {
            throw new StateException(
                    ("the state of the contexts has format version %d; expected %d: it was written"
                                    + " by another release. Run that release, or start without the"
                                    + " savepoint or checkpoint")
                            .formatted(version, FORMAT_VERSION));
        }
        long tickMillis = in.readLong();
        List<String> channels = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            channels.add(StringValue.readString(in));
        }
        TickMeaning meaning =
                new TickMeaning(
                        TickAggregate.valueOf(StringValue.readString(in)),
                        EmptyTickPolicy.valueOf(StringValue.readString(in)));
        serializer = new ContextHeadSerializer(tickMillis, channels, meaning);
    }

    @Override
    public TypeSerializer<ContextHead> restoreSerializer() {
        return serializer;
    }

    /**
     * Called on the snapshot of the running model with that of the restored state.
     *
     * @throws UncheckedIOException if they do not fit; returning incompatible would give no reason
     */
    @Override
    public TypeSerializerSchemaCompatibility<ContextHead> resolveSchemaCompatibility(
            TypeSerializerSnapshot<ContextHead> oldSnapshot) {
        if (!(oldSnapshot instanceof ContextHeadSerializerSnapshot old)) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        Optional<String> objection = objection(old);
        if (objection.isPresent()) {
            throw new UncheckedIOException(new StateException(objection.get()));
        }
        return TypeSerializerSchemaCompatibility.compatibleAsIs();
    }

    /** Says why the model of this snapshot cannot continue with contexts written with another. */
    Optional<String> objection(ContextHeadSerializerSnapshot old) {
        List<String> differences = new ArrayList<>();
        differ(differences, "ticks of %d ms", old.serializer.tickMillis(), serializer.tickMillis());
        differ(
                differences,
                "%s",
                describe(old.serializer.channels()),
                describe(serializer.channels()));
        differ(
                differences,
                "ticks with the aggregate %s",
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
