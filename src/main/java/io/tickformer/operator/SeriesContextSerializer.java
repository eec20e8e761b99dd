package io.tickformer.operator;

import io.tickformer.context.ContextFit;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.TickMeaning;
import io.tickformer.event.UnknownFormatException;
import io.tickformer.serialization.OpaqueSerializer;
import io.tickformer.serialization.StateException;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The state of a series, or of the channels of a record, in the binary form of {@link
 * SeriesContext#writeTo}. Belongs to one grid, context length, normalisation and list of channels:
 * {@link SeriesContextSerializerSnapshot} says which others it can be carried over to.
 */
final class SeriesContextSerializer extends OpaqueSerializer<SeriesContext> {
    private static final long serialVersionUID = 1L;

    // Kept as numbers, since serializers travel in Java serialization and specs do not.
    private final long tickMillis;
    private final int contextLength;
    private final double halfLifeTicks;
    private final double relativeScaleFloor;
    private final double absoluteScaleFloor;

    /** An array, as Java serializes any array but only some lists. */
    private final String[] channels;

    private final TickMeaning tickMeaning;

    /** The serializer for contexts of a single series each, of the usual ticks. */
    SeriesContextSerializer(long tickMillis, int contextLength, Normalisation normalisation) {
        this(tickMillis, contextLength, normalisation, List.of(), TickMeaning.DEFAULT);
    }

    /**
     * @param channels names of those that share a context, in their order; empty for a single
     *     series
     * @param tickMeaning what the values of the ticks mean
     */
    SeriesContextSerializer(
            long tickMillis,
            int contextLength,
            Normalisation normalisation,
            List<String> channels,
            TickMeaning tickMeaning) {
        this.tickMillis = tickMillis;
        this.contextLength = contextLength;
        this.halfLifeTicks = normalisation.halfLifeTicks();
        this.relativeScaleFloor = normalisation.relativeScaleFloor();
        this.absoluteScaleFloor = normalisation.absoluteScaleFloor();
        this.channels = channels.toArray(new String[0]);
        this.tickMeaning = tickMeaning;
    }

    /** The serializer for contexts of a model. */
    static SeriesContextSerializer of(ForecastSpec spec) {
        return new SeriesContextSerializer(
                spec.tickMillis(),
                spec.contextLength(),
                spec.normalisation(),
                spec.channels(),
                spec.tickMeaning());
    }

    long tickMillis() {
        return tickMillis;
    }

    int contextLength() {
        return contextLength;
    }

    Normalisation normalisation() {
        return new Normalisation(halfLifeTicks, relativeScaleFloor, absoluteScaleFloor);
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
        return ContextFit.of(context, contextLength, normalisation());
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public SeriesContext createInstance() {
        return new SeriesContext(
                contextLength, channelCount(), normalisation(), tickMeaning.empty());
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
            return SeriesContext.readFrom(
                    source, contextLength, channelCount(), normalisation(), tickMeaning.empty());
        } catch (UnknownFormatException e) {
            throw new StateException(e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesContextSerializer that
                && tickMillis == that.tickMillis
                && contextLength == that.contextLength
                && normalisation().equals(that.normalisation())
                && channels().equals(that.channels())
                && tickMeaning.equals(that.tickMeaning);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tickMillis, contextLength, normalisation(), channels(), tickMeaning);
    }

    @Override
    public TypeSerializerSnapshot<SeriesContext> snapshotConfiguration() {
        return new SeriesContextSerializerSnapshot(this);
    }
}
