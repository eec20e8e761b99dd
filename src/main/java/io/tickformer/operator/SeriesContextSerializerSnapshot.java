package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.spec.Normalisation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * What a checkpoint or savepoint says of the series contexts in it: grid, context length,
 * normalisation, and the channels that share a context. A model that differs in one of them cannot
 * go on with these contexts; a model that differs in anything else, such as its weights or version,
 * can.
 *
 * <p>Binary form, version 1: tickMillis (long), contextLength (int), halfLifeTicks,
 * relativeScaleFloor, absoluteScaleFloor (double). Version 2, of a model that mixes channels: the
 * same, and then their number (int) and names. Flink keeps the version beside it, and makes
 * instances by the constructor without arguments.
 */
public final class SeriesContextSerializerSnapshot
        implements TypeSerializerSnapshot<SeriesContext> {
    private static final int FORMAT_VERSION = 1;
    private static final int CHANNELS_FORMAT_VERSION = 2;

    private SeriesContextSerializer serializer;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public SeriesContextSerializerSnapshot() {}

    SeriesContextSerializerSnapshot(SeriesContextSerializer serializer) {
        this.serializer = serializer;
    }

    @Override
    public int getCurrentVersion() {
        // Flink asks an empty instance, too, before it reads one.
        boolean mixes = serializer != null && !serializer.channels().isEmpty();
        return mixes ? CHANNELS_FORMAT_VERSION : FORMAT_VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        Normalisation normalisation = serializer.normalisation();
        out.writeLong(serializer.tickMillis());
        out.writeInt(serializer.contextLength());
        out.writeDouble(normalisation.halfLifeTicks());
        out.writeDouble(normalisation.relativeScaleFloor());
        out.writeDouble(normalisation.absoluteScaleFloor());
        if (!serializer.channels().isEmpty()) {
            out.writeInt(serializer.channels().size());
            for (String channel : serializer.channels()) {
                StringValue.writeString(channel, out);
            }
        }
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader)
            throws IOException {
        if (version != FORMAT_VERSION && version != CHANNELS_FORMAT_VERSION) {
            throw new IOException(
                    ("the state of the series contexts has format version %d; expected %d or %d: it"
                                    + " was written by another release")
                            .formatted(version, FORMAT_VERSION, CHANNELS_FORMAT_VERSION));
        }
        long tickMillis = in.readLong();
        int contextLength = in.readInt();
        Normalisation normalisation =
                new Normalisation(in.readDouble(), in.readDouble(), in.readDouble());
        List<String> channels = new ArrayList<>();
        int count = version == FORMAT_VERSION ? 0 : in.readInt();
        for (int i = 0; i < count; i++) {
            channels.add(StringValue.readString(in));
        }
        serializer =
                new SeriesContextSerializer(tickMillis, contextLength, normalisation, channels);
    }

    @Override
    public TypeSerializer<SeriesContext> restoreSerializer() {
        return serializer;
    }

    /**
     * Called on the snapshot of the running model with that of the restored state.
     *
     * @throws IllegalStateException if they do not fit; instead of answering incompatible, of which
     *     Flink could not say why
     */
    @Override
    public TypeSerializerSchemaCompatibility<SeriesContext> resolveSchemaCompatibility(
            TypeSerializerSnapshot<SeriesContext> oldSnapshot) {
        if (!(oldSnapshot instanceof SeriesContextSerializerSnapshot old)) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        if (!old.serializer.equals(serializer)) {
            throw new IllegalStateException(
                    ("the restored state holds contexts of %s; the model expects %s: use a model"
                                    + " that agrees with the state, or start without it")
                            .formatted(describe(old.serializer), describe(serializer)));
        }
        return TypeSerializerSchemaCompatibility.compatibleAsIs();
    }

    private static String describe(SeriesContextSerializer serializer) {
        List<String> channels = serializer.channels();
        return "%d ticks of %d ms with %s%s"
                .formatted(
                        serializer.contextLength(),
                        serializer.tickMillis(),
                        serializer.normalisation(),
                        channels.isEmpty() ? "" : " of channels " + channels);
    }
}
