package io.tickformer.inference.incremental;

import io.tickformer.inference.runtime.BufferAllocator;

/**
 * The cache of one engine.
 *
 * @param bytes how much off-heap memory it may take; what is left over by whole series is not taken
 * @param allocator gives that memory
 */
public record CacheOptions(long bytes, BufferAllocator allocator) {
    public CacheOptions {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "the cache has %d bytes; expected zero or more".formatted(bytes));
        }
    }

    /** Direct memory of the JVM. */
    public static CacheOptions direct(long bytes) {
        return new CacheOptions(bytes, BufferAllocator.DIRECT);
    }
}
