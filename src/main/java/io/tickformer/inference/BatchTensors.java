package io.tickformer.inference;

import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import java.util.List;

/** What goes into a graph and comes out of it for a micro-batch, slot after slot. */
sealed interface BatchTensors extends AutoCloseable permits WindowTensors, ForeignTensors {
    /**
     * Writes a context into a slot.
     *
     * @return for each channel the frame that the slot's forecast of it comes out in
     */
    List<Frame> encode(SeriesContext context, int slot);

    /** Runs the graph over the first {@code size} slots. */
    void run(GraphRunner runner, int size);

    /**
     * Reads what the graph answered for a slot.
     *
     * @param quantiles C H x Q, channel after channel, each in its frame
     * @param mean C H, likewise
     */
    void read(int slot, float[] quantiles, float[] mean);

    @Override
    void close();
}
