package io.tickformer.inference;

import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;

/** What goes into a graph and comes out of it for a micro-batch, slot after slot. */
sealed interface BatchTensors extends AutoCloseable permits WindowTensors, ForeignTensors {
    /**
     * Writes a context into a slot.
     *
     * @return the frame that the slot's forecast comes out in
     */
    Frame encode(SeriesContext context, int slot);

    /** Runs the graph over the first {@code size} slots. */
    void run(GraphRunner runner, int size);

    /**
     * Reads what the graph answered for a slot.
     *
     * @param quantiles H x Q, in the slot's frame
     * @param mean H, in the slot's frame
     */
    void read(int slot, float[] quantiles, float[] mean);

    @Override
    void close();
}
