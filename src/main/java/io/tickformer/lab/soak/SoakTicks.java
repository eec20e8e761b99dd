package io.tickformer.lab.soak;

import io.tickformer.event.Tick;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * The ticks of a fleet whose series come and go. In the order of tick numbers, each tick arrives
 * for every live series before the next tick. A series lives for a number of ticks, then falls
 * silent, and a new series replaces it. Replacements are spread evenly over time. Each tick
 * produces a forecast.
 */
final class SoakTicks implements MapFunction<Long, Tick> {
    private static final long serialVersionUID = 1L;

    private static final double LEVEL = 100;
    private static final int PERIOD = 97;

    private final int series;
    private final int lifetime;

    /**
     * @param series number of series that live at a time
     * @param lifetime of each series in ticks
     */
    SoakTicks(int series, int lifetime) {
        this.series = series;
        this.lifetime = lifetime;
    }

    @Override
    public Tick map(Long number) {
        long tick = number / series;
        long place = number % series;
        // Spread over a lifetime, so that the fleet does not change all at once.
        long generation = (tick + place * lifetime / series) / lifetime;
        double value = LEVEL + (tick * (place + 1)) % PERIOD;
        return new Tick("meter-%d-%d".formatted(place, generation), tick, value);
    }
}
