package io.tickformer.context;

import io.tickformer.annotation.Internal;
import java.util.Map;

/**
 * Stores a context between two uses: a small head, and blocks of ticks by number. Head and blocks
 * are read and written independently. In a job this is keyed state.
 */
@Internal
public interface ContextStore {
    /** Returns the head as it was last written, to be changed in place; null if there is none. */
    ContextHead head();

    /** Returns a block as it was last written, to be changed in place; null if there is none. */
    ContextBlock block(long number);

    /** Returns all blocks with their numbers, in any order. */
    Iterable<Map.Entry<Long, ContextBlock>> blocks();

    /** Writes the head. */
    void putHead(ContextHead head);

    /** Writes a block. */
    void putBlock(long number, ContextBlock block);

    /** Removes a block if there is one. */
    void removeBlock(long number);

    /** Removes all blocks. */
    void clearBlocks();
}
