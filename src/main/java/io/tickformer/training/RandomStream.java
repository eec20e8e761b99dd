package io.tickformer.training;

import java.util.SplittableRandom;

/**
 * Where training uses chance. Each use has its own numbers at each step, a function of the seed, so
 * that a resumed training needs to know no more than its step to go on bit for bit.
 */
enum RandomStream {
    WINDOWS(0x57494e444f575321L),
    DROPOUT(0x44524f504f555421L),
    AUGMENTATION(0x4155474d454e5421L);

    private final long salt;

    RandomStream(long salt) {
        this.salt = salt;
    }

    /** The numbers of this use at a step. */
    SplittableRandom at(long seed, long step) {
        // Splitting separates what differs by a few bits only.
        long mixed = new SplittableRandom(seed ^ salt).nextLong();
        return new SplittableRandom(mixed + step * 0x9e3779b97f4a7c15L).split();
    }
}
