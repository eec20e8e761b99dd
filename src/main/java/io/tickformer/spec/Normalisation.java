package io.tickformer.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tickformer.annotation.Public;

/**
 * How the frame of a series at a tick, its location and scale, is computed from the observed
 * values: by exponentially weighted moments over a bounded past.
 *
 * <p>The frame at a tick uses the values since the beginning of the block before the tick's own
 * block. Blocks of {@code blockTicks} ticks lie at fixed positions of the tick grid, so a frame
 * does not depend on when it is computed.
 *
 * @param halfLifeTicks number of ticks after which the weight of an observation has halved;
 *     positive
 * @param blockTicks B, ticks in a block; at least 1
 */
@Public
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

    /** M, maximum number of ticks that a frame depends on, its own included. */
    @JsonIgnore
    public int memoryTicks() {
        return 2 * blockTicks;
    }
}
