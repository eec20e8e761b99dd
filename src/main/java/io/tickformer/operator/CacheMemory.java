package io.tickformer.operator;

import io.tickformer.inference.incremental.CacheOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.runtime.memory.MemoryManager;
import org.apache.flink.runtime.memory.MemoryReservationException;

/**
 * The memory of a subtask's cache: the operator's share of Flink's managed memory, or memory
 * outside of it. Releases it when closed.
 *
 * <p>Managed memory is reserved as a number of bytes and allocated here in large segments: the
 * pages that Flink allocates are too small for the tensors of a model.
 */
final class CacheMemory implements AutoCloseable {
    private final MemoryManager manager; // null if nothing is reserved
    private final long bytes;
    private final List<MemorySegment> segments = new ArrayList<>();

    private CacheMemory(MemoryManager manager, long bytes) {
        this.manager = manager;
        this.bytes = bytes;
    }

    /** Memory outside of Flink's managed memory. */
    static CacheMemory ofOwn(long bytes) {
        return new CacheMemory(null, bytes);
    }

    /**
     * A share of the managed memory of a slot, which may be empty.
     *
     * @param fraction from 0 to 1
     */
    static CacheMemory managed(MemoryManager manager, double fraction)
            throws MemoryReservationException {
        long bytes = fraction > 0 ? manager.computeMemorySize(fraction) : 0;
        CacheMemory memory = new CacheMemory(manager, bytes);
        manager.reserveMemory(memory, bytes);
        return memory;
    }

    /** The size in bytes. */
    long bytes() {
        return bytes;
    }

    /** Options of a cache that uses all of it. The cache must not be used once this is closed. */
    CacheOptions options() {
        return new CacheOptions(bytes, this::allocate);
    }

    private ByteBuffer allocate(int size) {
        MemorySegment segment = MemorySegmentFactory.allocateOffHeapUnsafeMemory(size);
        segments.add(segment);
        // The view is used after the call. The segment lives until this is closed.
        Function<ByteBuffer, ByteBuffer> view = buffer -> buffer.order(ByteOrder.nativeOrder());
        return segment.processAsByteBuffer(view);
    }

    @Override
    public void close() {
        segments.forEach(MemorySegment::free);
        segments.clear();
        if (manager != null) {
            manager.releaseAllMemory(this);
        }
    }
}
