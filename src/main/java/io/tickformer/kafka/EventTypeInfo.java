package io.tickformer.kafka;

import io.tickformer.event.Observation;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Tells Flink how the events of this package are serialized, so that none falls back to Kryo.
 *
 * @param <T> the kind of event
 */
public final class EventTypeInfo<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    /** The type of observations. */
    public static final EventTypeInfo<Observation> OBSERVATION =
            new EventTypeInfo<>(Observation.class, new ObservationSerializer());

    /** The type of dead letters. */
    public static final EventTypeInfo<DeadLetter> DEAD_LETTER =
            new EventTypeInfo<>(DeadLetter.class, new DeadLetterSerializer());

    /** The type of what becomes of a record. */
    public static final EventTypeInfo<Decoded> DECODED =
            new EventTypeInfo<>(Decoded.class, new DecodedSerializer());

    private final Class<T> typeClass;
    private final TypeSerializer<T> serializer;

    private EventTypeInfo(Class<T> typeClass, TypeSerializer<T> serializer) {
        this.typeClass = typeClass;
        this.serializer = serializer;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer;
    }

    @Override
    public Class<T> getTypeClass() {
        return typeClass;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof EventTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventTypeInfo<?> that && typeClass.equals(that.typeClass);
    }

    @Override
    public int hashCode() {
        return typeClass.hashCode();
    }

    @Override
    public String toString() {
        return typeClass.getSimpleName();
    }
}
