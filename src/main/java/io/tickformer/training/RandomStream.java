package io.tickformer.training;

import java.util.SplittableRandom;

/**
 * Independent streams of random numbers for the parts of a training. The numbers at a step are a
 * function of the seed and the step, so a resumed training needs no more than the step number to
 * continue bit for bit.
 */
enum RandomStream {
    WINDOWS(0x57494e444f575321L),
    DROPOUT(0x44524f504f555421L),
    AUGMENTATION(0x4155474d454e5421L);

    private final long salt;

    RandomStream(long salt) {
        this.salt = salt;
    }

    /** The random numbers of this stream at a step. */
    SplittableRandom at(long seed, long step) {
        // Splitting decorrelates seeds that differ in a few bits only.
        long mixed = new SplittableRandom(seed ^ salt).nextLong();
        return new SplittableRandom(mixed + step * 0x9e3779b97f4a7c15L).split();
    }
}
