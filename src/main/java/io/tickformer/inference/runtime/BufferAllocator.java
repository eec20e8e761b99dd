package io.tickformer.inference.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where off-heap memory for what the engine keeps comes from. Whoever makes the allocator accounts
 * for the memory, and owns it.
 */
@FunctionalInterface
public interface BufferAllocator {
    /** Direct memory of the JVM, which frees it once nothing refers to it. */
    BufferAllocator DIRECT =
            bytes -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());

    /** A direct buffer of so many bytes in native order; what it holds does not matter. */
    ByteBuffer allocate(int bytes);
}
