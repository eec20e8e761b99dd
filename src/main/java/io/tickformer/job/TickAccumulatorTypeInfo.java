package io.tickformer.job;

import io.tickformer.event.TickAccumulator;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** {@link TickAccumulator} as Flink sees it. */
final class TickAccumulatorTypeInfo extends TypeInformation<TickAccumulator> {
    private static final long serialVersionUID = 1L;

    static final TickAccumulatorTypeInfo INSTANCE = new TickAccumulatorTypeInfo();

    private TickAccumulatorTypeInfo() {}

    @Override
    public TypeSerializer<TickAccumulator> createSerializer(SerializerConfig config) {
        return new TickAccumulatorSerializer();
    }

    @Override
    public Class<TickAccumulator> getTypeClass() {
        return TickAccumulator.class;
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
        return other instanceof TickAccumulatorTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TickAccumulatorTypeInfo;
    }

    @Override
    public int hashCode() {
        return TickAccumulatorTypeInfo.class.hashCode();
    }

    @Override
    public String toString() {
        return "TickAccumulator";
    }
}
