package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.ForecastSpec;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Checks contexts in a savepoint before the job starts. */
@Internal
public final class SavedContextCheck {
    /** Name of the state that holds the heads of the contexts. */
    public static final String STATE = SeriesContexts.HEADS;

    private SavedContextCheck() {}

    /**
     * Says why a model cannot continue with saved contexts, and what to do; empty if it can.
     *
     * @param saved the serializer snapshot of {@link #STATE} in the savepoint
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
