package io.tickformer.inference.runtime;

import io.tickformer.annotation.Internal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Allocates off-heap memory for a cache. The creator of the allocator owns the memory and accounts
 * for it.
 */
@FunctionalInterface
@Internal
public interface BufferAllocator {
    /** Allocates direct memory of the JVM, which is freed with the last reference to it. */
    BufferAllocator DIRECT =
            bytes -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());

    /** Returns a direct buffer in native order, with any content. */
    ByteBuffer allocate(int bytes);
}
