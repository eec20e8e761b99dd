package io.tickformer.operator;

import io.tickformer.event.Tick;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** {@link Tick} as Flink sees it. */
public final class TickTypeInfo extends EventTypeInfo<Tick> {
    private static final long serialVersionUID = 1L;

    public static final TickTypeInfo INSTANCE = new TickTypeInfo();

    private TickTypeInfo() {
        super(Tick.class);
    }

    @Override
    TypeSerializer<Tick> serializer() {
        return TickSerializer.INSTANCE;
    }
}
