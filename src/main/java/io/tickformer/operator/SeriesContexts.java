package io.tickformer.operator;

import io.tickformer.context.ContextBlock;
import io.tickformer.context.ContextHead;
import io.tickformer.context.ContextStore;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * The contexts of the series in keyed state. Each is two states: its head, and its blocks by
 * number. A tick reads and writes the head and the newest block; other blocks are read when needed.
 * The heap state backend copies nothing: heads and blocks are modified in place.
 *
 * <p>Add further state of a series, such as scores of its forecasts, as a named state of its own
 * with its own format and version.
 */
final class SeriesContexts {
    /** Name of the state that holds the heads. */
    static final String HEADS = "context";

    /** Name of the state that holds the blocks. */
    static final String BLOCKS = "context-blocks";

    private final int ringTicks;
    private final EmptyTickPolicy emptyTick;
    private final ValueState<ContextHead> heads;
    private final MapState<Long, ContextBlock> blocks;
    private final ContextStore store = new KeyedStore();

    SeriesContexts(KeyedStateStore states, ForecastSpec spec) {
        ringTicks = spec.ringTicks();
        emptyTick = spec.emptyTick();
        heads = states.getState(new ValueStateDescriptor<>(HEADS, ContextHeadSerializer.of(spec)));
        blocks =
                states.getMapState(
                        new MapStateDescriptor<>(
                                BLOCKS, LongSerializer.INSTANCE, ContextBlockSerializer.INSTANCE));
    }

    /**
     * The context of the current series, valid until the current key changes; null if there is
     * none.
     */
    SeriesContext value() {
        return SeriesContext.open(store, ringTicks, emptyTick).orElse(null);
    }

    /** Counts the contexts of all series in the state of a subtask. */
    <K> long count(KeyedStateBackend<K> backend) {
        try (Stream<K> keys = backend.getKeys(HEADS, VoidNamespace.INSTANCE)) {
            return keys.count();
        }
    }

    /** Stores a new or changed context of the current series. */
    void update(SeriesContext context) {
        context.writeTo(store);
    }

    /** Deletes the context of the current series. */
    void clear() {
        heads.clear();
        blocks.clear();
    }

    /** An access to the state backend. If it fails, the task fails with the cause. */
    @FunctionalInterface
    private interface Access<T> {
        T run() throws Exception;
    }

    private static <T> T access(Access<T> access) {
        try {
            return access.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new FlinkRuntimeException("the state of a series cannot be accessed", e);
        }
    }

    /** The two states of the current series. */
    private final class KeyedStore implements ContextStore {
        @Override
        public ContextHead head() {
            return access(heads::value);
        }

        @Override
        public ContextBlock block(long number) {
            return access(() -> blocks.get(number));
        }

        @Override
        public Iterable<Map.Entry<Long, ContextBlock>> blocks() {
            return access(blocks::entries);
        }

        @Override
        public void putHead(ContextHead head) {
            access(
                    () -> {
                        heads.update(head);
                        return head;
                    });
        }

        @Override
        public void putBlock(long number, ContextBlock block) {
            access(
                    () -> {
                        blocks.put(number, block);
                        return block;
                    });
        }

        @Override
        public void removeBlock(long number) {
            access(
                    () -> {
                        blocks.remove(number);
                        return number;
                    });
        }

        @Override
        public void clearBlocks() {
            blocks.clear();
        }
    }
}
