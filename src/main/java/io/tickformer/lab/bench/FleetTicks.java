package io.tickformer.lab.bench;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * The ticks of a fleet by number. Each tick arrives for every series before the next tick.
 *
 * <p>For a ring of R ticks, the first tick of a series is tick R - 1 and the second is tick 0,
 * which is as late as possible. The ticks between them are empty and, by {@link #MEANING}, equal to
 * the tick before them. So two ticks fill a ring. Tick R and its successors follow. Keys are
 * unsorted, so that the positions of series in the state backend are unsorted too.
 */
final class FleetTicks implements MapFunction<Long, Tick> {
    private static final long serialVersionUID = 1L;

    /** Tick meaning of the model. */
    static final TickMeaning MEANING = new TickMeaning(TickAggregate.MEAN, EmptyTickPolicy.LAST);

    /** Ticks of a series before the first measured one. */
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

    /** A bijective mix of all bits: the finaliser of MurmurHash3 (Appleby 2011). */
    private static long mixed(long value) {
        long z = value;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
