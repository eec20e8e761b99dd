package io.tickformer.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * How location and scale, the frame of a series at a tick, follow its observed values: weighted
 * exponentially, and from a bounded past.
 *
 * <p>Frames look back to the beginning of the block of {@code blockTicks} ticks before the one that
 * their tick lies in, and no further. Blocks lie on the grid of all ticks, so that a frame is the
 * same whenever it is computed.
 *
 * @param halfLifeTicks number of ticks after which an observation counts half; positive
 * @param blockTicks ticks in a block, B; at least 1
 */
public record Normalisation(double halfLifeTicks, int blockTicks) {
    public static final Normalisation DEFAULT = new Normalisation(256, 512);

    private static final int MOST_TICKS = 1 << 20;

    public Normalisation {
        SpecException.require(
                halfLifeTicks > 0 && Double.isFinite(halfLifeTicks),
                "halfLifeTicks",
                halfLifeTicks,
                "a positive number of ticks");
        SpecException.require(
                blockTicks >= 1 && blockTicks <= MOST_TICKS,
                "blockTicks",
                blockTicks,
                "at least 1 tick, at most " + MOST_TICKS);
    }

    /** M, ticks up to and including its own that a frame depends on at most. */
    @JsonIgnore
    public int memoryTicks() {
        return 2 * blockTicks;
    }
}
