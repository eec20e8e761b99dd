package io.tickformer.inference.window;

import io.tickformer.annotation.Internal;
import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import java.util.List;

/**
 * Evaluates a model for the contexts of a micro-batch: add contexts as rows, run, read the answer
 * of each row, clear.
 */
@Internal
public interface BatchEvaluator extends AutoCloseable {
    /**
     * Adds a context as the next row.
     *
     * @param series the key of the series, for evaluators with a cache; null to use no cache
     * @return for each channel its frame at the head. The answers of the row are in these frames
     *     unless the model {@linkplain #answersRaw() answers raw}
     */
    List<Frame> add(String series, SeriesContext context);

    /** Whether the model answers in the unit of the series instead of in the frames. */
    default boolean answersRaw() {
        return false;
    }

    /** Computes the answers of the rows added. */
    void run();

    /**
     * Reads the answer of a row that has run.
     *
     * @param quantiles C H x Q, channel after channel, each in its frame
     * @param mean C H, likewise
     */
    void read(int row, float[] quantiles, float[] mean);

    /** Removes all rows. */
    void clear();

    /**
     * Removes all rows and drops all that the cache holds. After a run that failed, nothing else is
     * known to be right.
     */
    default void discard() {
        clear();
    }

    /** Drops what the cache holds of a series; the series keeps its entry. */
    default void forget(String series) {}

    /** Drops what the cache holds of a series and frees its entry. */
    default void release(String series) {}

    /** The state of the cache. */
    default CacheStatistics statistics() {
        return CacheStatistics.NONE;
    }

    @Override
    void close();
}
