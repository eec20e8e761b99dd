package io.tickformer.lab.bench;

import io.tickformer.event.EmptyTick;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * The ticks of a fleet, by their number: each tick comes to every series before the next one does.
 *
 * <p>Of a context whose ring holds R ticks, the first of a series is tick R - 1 and the second,
 * late by as much as may be, is tick 0. The ticks between them are empty, and as the tick before
 * them by {@link #MEANING}: so two ticks fill a ring. Then come tick R and those after it. The keys
 * are in no order, so that neither are the places of the series in a state backend.
 */
final class FleetTicks implements MapFunction<Long, Tick> {
    private static final long serialVersionUID = 1L;

    /** What the ticks of the model are. */
    static final TickMeaning MEANING = new TickMeaning(TickAggregate.MEAN, EmptyTick.LAST);

    /** Ticks of a series before the first that is measured. */
    static final int FILLING = 2;

    private static final double LEVEL = 100;
    private static final double SPREAD = 0x1p-60;

    private final long series;
    private final int ringTicks;

    FleetTicks(long series, int ringTicks) {
        this.series = series;
        this.ringTicks = ringTicks;
    }

    @Override
    public Tick map(Long number) {
        long round = number / series;
        long index =
                switch ((int) Math.min(round, FILLING)) {
                    case 0 -> ringTicks - 1;
                    case 1 -> 0;
                    default -> ringTicks + round - FILLING;
                };
        String key = "meter-" + Long.toHexString(mixed(number % series));
        return new Tick(key, index, LEVEL + SPREAD * mixed(number));
    }

    /** A one-to-one mix of all bits: the finaliser of MurmurHash3 (Appleby 2011). */
    private static long mixed(long value) {
        long z = value;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
