package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.serialization.OpaqueSerializer;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The state of a series, in the binary form of {@link SeriesContext#writeTo}. Belongs to one grid,
 * context length and normalisation: {@link SeriesContextSerializerSnapshot} refuses to go on with
 * others.
 */
final class SeriesContextSerializer extends OpaqueSerializer<SeriesContext> {
    private static final long serialVersionUID = 1L;

    // Kept as numbers, since serializers travel in Java serialization and specs do not.
    private final long tickMillis;
    private final int contextLength;
    private final double halfLifeTicks;
    private final double relativeScaleFloor;
    private final double absoluteScaleFloor;

    SeriesContextSerializer(long tickMillis, int contextLength, Normalisation normalisation) {
        this.tickMillis = tickMillis;
        this.contextLength = contextLength;
        this.halfLifeTicks = normalisation.halfLifeTicks();
        this.relativeScaleFloor = normalisation.relativeScaleFloor();
        this.absoluteScaleFloor = normalisation.absoluteScaleFloor();
    }

    /** The serializer for contexts of a model. */
    static SeriesContextSerializer of(ForecastSpec spec) {
        return new SeriesContextSerializer(
                spec.tickMillis(), spec.contextLength(), spec.normalisation());
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

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public SeriesContext createInstance() {
        return new SeriesContext(contextLength, normalisation());
    }

    @Override
    public SeriesContext copy(SeriesContext from) {
        return from.copy();
    }

    @Override
    public void serialize(SeriesContext context, DataOutputView target) throws IOException {
        context.writeTo(target);
    }

    @Override
    public SeriesContext deserialize(DataInputView source) throws IOException {
        return SeriesContext.readFrom(source, contextLength, normalisation());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesContextSerializer that
                && tickMillis == that.tickMillis
                && contextLength == that.contextLength
                && normalisation().equals(that.normalisation());
    }

    @Override
    public int hashCode() {
        return Objects.hash(tickMillis, contextLength, normalisation());
    }

    @Override
    public TypeSerializerSnapshot<SeriesContext> snapshotConfiguration() {
        return new SeriesContextSerializerSnapshot(this);
    }
}
