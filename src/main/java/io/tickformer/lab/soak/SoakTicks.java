package io.tickformer.lab.soak;

import io.tickformer.event.Tick;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * The ticks of a fleet that changes: by their number, each tick comes to every living series before
 * the next one does. A series lives for a number of ticks, falls silent for ever, and another one
 * comes in its place; they do so in turn, so that at any time as many come as go. Each tick gives a
 * forecast.
 */
final class SoakTicks implements MapFunction<Long, Tick> {
    private static final long serialVersionUID = 1L;

    private static final double LEVEL = 100;
    private static final int PERIOD = 97;

    private final int series;
    private final int lifetime;

    /**
     * @param series that live at a time
     * @param lifetime of each, in ticks
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
