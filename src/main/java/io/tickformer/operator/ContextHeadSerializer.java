package io.tickformer.operator;

import io.tickformer.context.ContextHead;
import io.tickformer.event.TickMeaning;
import io.tickformer.spec.ForecastSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/**
 * Serializes heads of contexts for state, in the binary form of {@link ContextHead#writeTo}. It is
 * for one tick length, list of channels and meaning of ticks; {@link ContextHeadSerializerSnapshot}
 * refuses others.
 */
final class ContextHeadSerializer extends MutableValueSerializer<ContextHead> {
    private static final long serialVersionUID = 1L;

    // Kept as numbers and names, since serializers travel in Java serialization and specs do not.
    private final long tickMillis;

    /** An array: Java serializes every array, but not every list. */
    private final String[] channels;

    private final TickMeaning tickMeaning;

    /**
     * @param channels names of the channels that share a context, in their order; empty for a
     *     single series
     * @param tickMeaning what the values of the ticks mean
     */
    ContextHeadSerializer(long tickMillis, List<String> channels, TickMeaning tickMeaning) {
        this.tickMillis = tickMillis;
        this.channels = channels.toArray(new String[0]);
        this.tickMeaning = tickMeaning;
    }

    /** The serializer for contexts of a model. */
    static ContextHeadSerializer of(ForecastSpec spec) {
        return new ContextHeadSerializer(spec.tickMillis(), spec.channels(), spec.tickMeaning());
    }

    long tickMillis() {
        return tickMillis;
    }

    List<String> channels() {
        return List.of(channels);
    }

    TickMeaning tickMeaning() {
        return tickMeaning;
    }

    @Override
    public ContextHead copy(ContextHead from) {
        return from.copy();
    }

    @Override
    protected void write(ContextHead head, DataOutput target) throws IOException {
        head.writeTo(target);
    }

    @Override
    protected ContextHead read(DataInput source) throws IOException {
        return ContextHead.readFrom(source);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContextHeadSerializer that
                && tickMillis == that.tickMillis
                && channels().equals(that.channels())
                && tickMeaning.equals(that.tickMeaning);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tickMillis, channels(), tickMeaning);
    }

    @Override
    public TypeSerializerSnapshot<ContextHead> snapshotConfiguration() {
        return new ContextHeadSerializerSnapshot(this);
    }
}
