package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.context.SeriesContext;

/**
 * Where the context and the open ticks of a series lie: keyed state in a job, memory elsewhere.
 * What it returns is changed in place and then put back.
 */
@Internal
public interface SeriesStore {
    /** The context of the series; null if there is none. */
    @Nullable
    SeriesContext context();

    /** Stores a new or changed context. */
    void putContext(SeriesContext context);

    /** The open ticks of the series; null if there are none. */
    @Nullable
    OpenTicks openTicks();

    /** Stores new or changed open ticks. */
    void putOpenTicks(OpenTicks open);

    /** Deletes the open ticks. */
    void clearOpenTicks();

    /** Deletes context and open ticks. */
    void clear();
}
