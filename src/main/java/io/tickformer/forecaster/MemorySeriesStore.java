package io.tickformer.forecaster;

import io.tickformer.context.ContextBlock;
import io.tickformer.context.ContextHead;
import io.tickformer.context.ContextStore;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.spec.ForecastSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The context and the open ticks of one series in memory.
 *
 * <p>Binary form: whether there is a context (boolean); if so its head, the number of its blocks
 * (int) and for each its number (long) and the block. Whether there are open ticks (boolean), and
 * those. The version is that of {@link SeriesState}.
 *
 * <p>Mutable and not thread-safe.
 */
final class MemorySeriesStore implements SeriesStore, ContextStore {
    private final int ringTicks;
    private final EmptyTickPolicy emptyTick;
    private final TreeMap<Long, ContextBlock> blocks = new TreeMap<>();
    private ContextHead head; // null without a context
    private SeriesContext context; // null without a context
    private OpenTicks open; // null where there are none

    MemorySeriesStore(ForecastSpec spec) {
        this.ringTicks = spec.ringTicks();
        this.emptyTick = spec.emptyTick();
    }

    @Override
    public SeriesContext context() {
        return context;
    }

    @Override
    public void putContext(SeriesContext changed) {
        changed.writeTo(this);
        context = changed;
    }

    @Override
    public OpenTicks openTicks() {
        return open;
    }

    @Override
    public void putOpenTicks(OpenTicks changed) {
        open = changed;
    }

    @Override
    public void clearOpenTicks() {
        open = null;
    }

    @Override
    public void clear() {
        head = null;
        context = null;
        open = null;
        blocks.clear();
    }

    boolean isEmpty() {
        return context == null && open == null;
    }

    @Override
    public ContextHead head() {
        return head;
    }

    @Override
    public ContextBlock block(long number) {
        return blocks.get(number);
    }

    @Override
    public Iterable<Map.Entry<Long, ContextBlock>> blocks() {
        return blocks.entrySet();
    }

    @Override
    public void putHead(ContextHead changed) {
        head = changed;
    }

    @Override
    public void putBlock(long number, ContextBlock block) {
        blocks.put(number, block);
    }

    @Override
    public void removeBlock(long number) {
        blocks.remove(number);
    }

    @Override
    public void clearBlocks() {
        blocks.clear();
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeBoolean(head != null);
        if (head != null) {
            head.writeTo(out);
            out.writeInt(blocks.size());
            for (Map.Entry<Long, ContextBlock> block : blocks.entrySet()) {
                out.writeLong(block.getKey());
                block.getValue().writeTo(out);
            }
        }
        out.writeBoolean(open != null);
        if (open != null) {
            open.writeTo(out);
        }
    }

    void readFrom(DataInput in) throws IOException {
        if (in.readBoolean()) {
            head = ContextHead.readFrom(in);
            for (int count = in.readInt(); count > 0; count--) {
                long number = in.readLong();
                blocks.put(number, ContextBlock.readFrom(in));
            }
            context = SeriesContext.open(this, ringTicks, emptyTick).orElseThrow();
        }
        if (in.readBoolean()) {
            open = OpenTicks.readFrom(in);
        }
    }
}
