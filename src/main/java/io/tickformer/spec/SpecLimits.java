package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import java.time.Duration;

/**
 * Upper limits of the numbers in a spec. They lie far above any useful model, and low enough that a
 * small malicious file cannot make the reader allocate too much memory.
 */
final class SpecLimits {
    private static final long LONGEST_TICK = Duration.ofDays(36_525).toMillis();
    private static final int MOST_TICKS = 1 << 22;
    private static final int MOST_STEPS = 1 << 16;
    private static final long MOST_VALUES = 1 << 24;
    private static final int MOST_LAYERS = 1_000;
    private static final int MOST_MEMBERS = 1_000;
    private static final int MOST_WIDTH = 1 << 16;

    private SpecLimits() {}

    static void requireGrid(long tickMillis, int contextLength, int horizon) {
        require(
                tickMillis >= 1 && tickMillis <= LONGEST_TICK,
                "tickMillis",
                tickMillis,
                "at least 1 millisecond, at most 100 years");
        require(
                contextLength >= 1 && contextLength <= MOST_TICKS,
                "contextLength",
                contextLength,
                "at least 1 tick, at most " + MOST_TICKS);
        require(
                horizon >= 1 && horizon <= MOST_STEPS,
                "horizon",
                horizon,
                "at least 1 tick, at most " + MOST_STEPS);
    }

    static void requireSizes(int contextLength, int horizon, int levels, int channels) {
        long width = Math.max(1, channels);
        require(
                width * contextLength <= MOST_VALUES,
                "channels",
                channels,
                "fewer over a context of %d ticks".formatted(contextLength));
        require(
                width * horizon * levels <= MOST_VALUES,
                "quantileLevels and channels",
                "%d and %d".formatted(levels, channels),
                "fewer over a horizon of %d ticks".formatted(horizon));
    }

    static void requireLayers(String field, int layers) {
        require(
                layers >= 1 && layers <= MOST_LAYERS,
                field,
                layers,
                "at least 1, at most " + MOST_LAYERS);
    }

    static void requireMembers(int members) {
        require(
                members >= 1 && members <= MOST_MEMBERS,
                "members",
                members,
                "at least 1, at most " + MOST_MEMBERS);
    }

    static void requireWidth(String field, int width) {
        require(
                width >= 1 && width <= MOST_WIDTH,
                field,
                width,
                "at least 1, at most " + MOST_WIDTH);
    }
}
