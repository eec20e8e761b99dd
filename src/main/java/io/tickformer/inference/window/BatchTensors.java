package io.tickformer.inference.window;

import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.GraphRunner;
import java.util.List;

/** What goes into a graph and comes out of it for a micro-batch, slot after slot. */
public interface BatchTensors extends AutoCloseable {
    /**
     * Writes a context into a slot.
     *
     * @param series whose it is, for tensors that keep something of a series; null for nobody's
     * @return for each channel its frame at the head, which the slot's forecast of it comes out in
     *     unless the graph {@linkplain #answersRaw() answers raw}
     */
    List<Frame> encode(String series, SeriesContext context, int slot);

    /**
     * Whether the graph answers in the unit of the series, in place of the frame that {@link
     * #encode} returns.
     */
    default boolean answersRaw() {
        return false;
    }

    /** Runs the graph over the first {@code size} slots. */
    void run(GraphRunner runner, int size);

    /**
     * Reads what the graph answered for a slot.
     *
     * @param quantiles C H x Q, channel after channel, each in its frame
     * @param mean C H, likewise
     */
    void read(int slot, float[] quantiles, float[] mean);

    /** Makes room: what was in the slots is of no use any more. */
    default void clear() {}

    /** Drops what is kept of a series, where something is. */
    default void forget(String series) {}

    /** Drops what is kept of a series that is gone, and makes room for another. */
    default void release(String series) {}

    /** What is kept of series, and what came of it. */
    default CacheStatistics statistics() {
        return CacheStatistics.NONE;
    }

    @Override
    void close();
}
