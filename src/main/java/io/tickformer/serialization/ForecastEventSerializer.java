package io.tickformer.serialization;

import io.tickformer.annotation.Internal;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Serializes {@link ForecastEvent} between tasks: version, then the fields in order; the kind by
 * its name, the evidence as length (int) and pairs.
 */
@Internal
public final class ForecastEventSerializer extends ImmutableValueSerializer<ForecastEvent> {
    private static final long serialVersionUID = 1L;

    public static final ForecastEventSerializer INSTANCE = new ForecastEventSerializer();

    /** {@link ForecastEvent} as a Flink type. */
    public static final TypeInformation<ForecastEvent> TYPE =
            new OpaqueTypeInfo<>(ForecastEvent.class, INSTANCE);

    private ForecastEventSerializer() {
        super(1);
    }

    @Override
    protected void write(ForecastEvent event, DataOutputView target) throws IOException {
        StringValue.writeString(event.series(), target);
        target.writeLong(event.tickIndex());
        target.writeLong(event.tickTimeMillis());
        target.writeLong(event.tickMillis());
        StringValue.writeString(event.kind().name(), target);
        StringValue.writeString(event.text(), target);
        target.writeInt(event.evidence().size());
        for (Map.Entry<String, Double> each : event.evidence().entrySet()) {
            StringValue.writeString(each.getKey(), target);
            target.writeDouble(each.getValue());
        }
    }

    @Override
    protected ForecastEvent read(DataInputView source) throws IOException {
        String series = StringValue.readString(source);
        long tickIndex = source.readLong();
        long tickTimeMillis = source.readLong();
        long tickMillis = source.readLong();
        ForecastEventKind kind = kind(StringValue.readString(source));
        String text = StringValue.readString(source);
        SortedMap<String, Double> evidence = new TreeMap<>();
        int count = source.readInt();
        for (int i = 0; i < count; i++) {
            evidence.put(StringValue.readString(source), source.readDouble());
        }
        return new ForecastEvent(
                series, tickIndex, tickTimeMillis, tickMillis, kind, text, evidence);
    }

    private static ForecastEventKind kind(String name) throws IOException {
        try {
            return ForecastEventKind.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("an event is of the unknown kind " + name, e);
        }
    }

    @Override
    public TypeSerializerSnapshot<ForecastEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ForecastEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
