package io.tickformer.operator;

import io.tickformer.spec.ForecastSpec;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The contexts in a savepoint, seen from outside of a running operator. */
public final class SavedContexts {
    /** Name of the state that holds them. */
    public static final String STATE = SeriesContexts.HEADS;

    private SavedContexts() {}

    /**
     * Why a model cannot go on with saved contexts, and what to do; empty where it can.
     *
     * @param saved what the savepoint says of {@link #STATE}
     */
    public static Optional<String> objection(TypeSerializerSnapshot<?> saved, ForecastSpec spec) {
        return saved instanceof ContextHeadSerializerSnapshot contexts
                ? new ContextHeadSerializerSnapshot(ContextHeadSerializer.of(spec))
                        .objection(contexts)
                : Optional.of(
                        "its contexts of series were written by %s, which this release does not know"
                                .formatted(saved.getClass().getName()));
    }
}
