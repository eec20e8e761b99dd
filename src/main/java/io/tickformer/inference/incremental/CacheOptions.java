package io.tickformer.inference.incremental;

import io.tickformer.annotation.Internal;
import io.tickformer.inference.runtime.BufferAllocator;

/**
 * The size of a cache and the source of its memory.
 *
 * @param bytes most off-heap memory it may take; it takes a whole number of series
 * @param allocator of that memory
 */
@Internal
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
