package io.tickformer.context;

import java.util.Map;

/**
 * Where a context lies while it is not at work: a small head, and blocks of ticks by their number.
 * Each is read and written by itself.
 */
public interface ContextStore {
    /** The head as it was written last, to be changed in place; null where there is none. */
    ContextHead head();

    /** A block as it was written last, to be changed in place; null where there is none. */
    ContextBlock block(long number);

    /** All blocks by their numbers, in any order. */
    Iterable<Map.Entry<Long, ContextBlock>> blocks();

    /** Writes the head. */
    void putHead(ContextHead head);

    /** Writes a block. */
    void putBlock(long number, ContextBlock block);

    /** Removes a block, if it is there. */
    void removeBlock(long number);

    /** Removes all blocks. */
    void clearBlocks();
}
