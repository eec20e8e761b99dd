package io.tickformer.cli.bench;

import io.tickformer.event.Tick;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * The ticks of a fleet, by their number: each tick comes to every series before the next one does.
 *
 * <p>The first of a series is tick T - 1 and the second, late by as much as may be, is tick 0: with
 * these two the ring of its context spans T ticks. Then come tick T and those after it. The keys
 * are in no order, so that neither are the places of the series in a state backend.
 */
final class FleetTicks implements MapFunction<Long, Tick> {
    private static final long serialVersionUID = 1L;

    /** Ticks of a series before the first that is measured. */
    static final int FILLING = 2;

    private static final double LEVEL = 100;
    private static final double SPREAD = 0x1p-60;

    private final long series;
    private final int contextLength;

    FleetTicks(long series, int contextLength) {
        this.series = series;
        this.contextLength = contextLength;
    }

    @Override
    public Tick map(Long number) {
        long round = number / series;
        long index =
                switch ((int) Math.min(round, FILLING)) {
                    case 0 -> contextLength - 1;
                    case 1 -> 0;
                    default -> contextLength + round - FILLING;
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
