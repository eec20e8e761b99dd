package io.tickformer.sql;

import io.tickformer.inference.runtime.BufferAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;

/**
 * Memory of a cache outside of the heap and of the JVM's limit on direct memory. Flink sets that
 * limit to what it needs itself, and grants a function no managed memory. It is freed when closed,
 * and must not be used afterwards.
 */
final class NativeMemory implements BufferAllocator, AutoCloseable {
    private final List<MemorySegment> segments = new ArrayList<>();

    @Override
    public ByteBuffer allocate(int bytes) {
        MemorySegment segment = MemorySegmentFactory.allocateOffHeapUnsafeMemory(bytes);
        segments.add(segment);
        // The view is used after the call. The segment lives until this is closed.
        Function<ByteBuffer, ByteBuffer> view = buffer -> buffer.order(ByteOrder.nativeOrder());
        return segment.processAsByteBuffer(view);
    }

    @Override
    public void close() {
        segments.forEach(MemorySegment::free);
        segments.clear();
    }
}
