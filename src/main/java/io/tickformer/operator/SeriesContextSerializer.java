package io.tickformer.operator;

import io.tickformer.context.ContextFit;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.TickMeaning;
import io.tickformer.event.UnknownFormatException;
import io.tickformer.serialization.OpaqueSerializer;
import io.tickformer.serialization.StateException;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The state of a series, or of the channels of a record, in the binary form of {@link
 * SeriesContext#writeTo}. Belongs to one grid, ring length and list of channels: {@link
 * SeriesContextSerializerSnapshot} says which others it can be carried over to.
 */
final class SeriesContextSerializer extends OpaqueSerializer<SeriesContext> {
    private static final long serialVersionUID = 1L;

    // Kept as numbers, since serializers travel in Java serialization and specs do not.
    private final long tickMillis;
    private final int ringTicks;

    /** An array, as Java serializes any array but only some lists. */
    private final String[] channels;

    private final TickMeaning tickMeaning;

    /** The serializer for contexts of a single series each, of the usual ticks. */
    SeriesContextSerializer(long tickMillis, int ringTicks) {
        this(tickMillis, ringTicks, List.of(), TickMeaning.DEFAULT);
    }

    /**
     * @param channels names of those that share a context, in their order; empty for a single
     *     series
     * @param tickMeaning what the values of the ticks mean
     */
    SeriesContextSerializer(
            long tickMillis, int ringTicks, List<String> channels, TickMeaning tickMeaning) {
        this.tickMillis = tickMillis;
        this.ringTicks = ringTicks;
        this.channels = channels.toArray(new String[0]);
        this.tickMeaning = tickMeaning;
    }

    /** The serializer for contexts of a model. */
    static SeriesContextSerializer of(ForecastSpec spec) {
        return new SeriesContextSerializer(
                spec.tickMillis(), spec.ringTicks(), spec.channels(), spec.tickMeaning());
    }

    long tickMillis() {
        return tickMillis;
    }

    int ringTicks() {
        return ringTicks;
    }

    List<String> channels() {
        return List.of(channels);
    }

    TickMeaning tickMeaning() {
        return tickMeaning;
    }

    private int channelCount() {
        return Math.max(1, channels.length);
    }

    /**
     * The context as the model takes it. State restored to the heap still has the length that it
     * had when it was written, and Flink hands such contexts to this serializer too.
     */
    SeriesContext fitted(SeriesContext context) {
        return ContextFit.of(context, ringTicks);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public SeriesContext createInstance() {
        return new SeriesContext(ringTicks, channelCount(), tickMeaning.empty());
    }

    @Override
    public SeriesContext copy(SeriesContext from) {
        return from.copy();
    }

    @Override
    public void serialize(SeriesContext context, DataOutputView target) throws IOException {
        fitted(context).writeTo(target);
    }

    @Override
    public SeriesContext deserialize(DataInputView source) throws IOException {
        try {
            return SeriesContext.readFrom(source, ringTicks, channelCount(), tickMeaning.empty());
        } catch (UnknownFormatException e) {
            throw new StateException(e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesContextSerializer that
                && tickMillis == that.tickMillis
                && ringTicks == that.ringTicks
                && channels().equals(that.channels())
                && tickMeaning.equals(that.tickMeaning);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tickMillis, ringTicks, channels(), tickMeaning);
    }

    @Override
    public TypeSerializerSnapshot<SeriesContext> snapshotConfiguration() {
        return new SeriesContextSerializerSnapshot(this);
    }
}
