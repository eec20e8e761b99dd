package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/**
 * A context in blocks does what the plainest one does, whatever comes in whatever order and however
 * often it is put away and opened again, with whatever ring.
 */
final class BlockContextPropertyTest {
    private static final long TICK_MILLIS = 60_000;
    private static final TickAggregate[] AGGREGATES = TickAggregate.values();

    @Property(tries = 400)
    void aContextInBlocksEqualsThePlainOneThroughUpdatesGapsRevisionsMergesAndRestores(
            @ForAll long seed,
            @ForAll EmptyTickPolicy rule,
            @ForAll @IntRange(min = 1, max = 150) int firstRing,
            @ForAll @IntRange(min = 1, max = 3) int channels) {
        Random random = new Random(seed);
        TickAggregate aggregate = AGGREGATES[random.nextInt(AGGREGATES.length)];
        int ring = firstRing;
        ArrayContext plain = new ArrayContext(ring, channels, rule);
        MemoryStore store = new MemoryStore();
        SeriesContext context = new SeriesContext(ring, channels, rule);
        long tick = random.nextLong(200) - 100;
        for (int step = 0; step < 120; step++) {
            tick = next(random, tick, ring);
            switch (random.nextInt(8)) {
                case 0 -> {
                    context.advanceTo(tick);
                    plain.advanceTo(tick);
                }
                case 1, 2, 3 -> {
                    double[] values = values(random, channels);
                    int[] weights = random.ints(channels, 1, 4).toArray();
                    assertThat(context.update(tick, values, weights))
                            .isEqualTo(plain.update(tick, values, weights));
                }
                default -> {
                    TickAccumulator piece = piece(random, channels, tick);
                    assertThat(context.merge(tick, piece, aggregate, TICK_MILLIS))
                            .isEqualTo(plain.merge(tick, piece, aggregate, TICK_MILLIS));
                }
            }
            if (random.nextInt(3) > 0) {
                context.writeTo(store);
                if (random.nextInt(20) == 0) {
                    ring = 1 + random.nextInt(150);
                    plain = plain.withRing(ring);
                }
                context = SeriesContext.open(store, ring, rule).orElseThrow();
            } else if (random.nextInt(40) == 0) {
                ring = 1 + random.nextInt(150);
                plain = plain.withRing(ring);
                context = context.withRing(ring);
            }
            if (!plain.isEmpty()) {
                tick = plain.headTick();
            }
            assertSame(context, plain, ring, channels);
        }
    }

    /** Mostly the next tick, now and then a late one or a gap. */
    private static long next(Random random, long tick, int ring) {
        return switch (random.nextInt(10)) {
            case 0 -> tick - random.nextInt(ring + 5);
            case 1 -> tick + 1 + random.nextInt(ring + 5);
            case 2 -> tick + 1 + random.nextInt(5);
            default -> tick + 1;
        };
    }

    private static double[] values(Random random, int channels) {
        double[] values = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            values[channel] = random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian();
        }
        values[random.nextInt(channels)] = random.nextGaussian();
        return values;
    }

    private static TickAccumulator piece(Random random, int channels, long tick) {
        TickAccumulator piece = new TickAccumulator(channels);
        for (int observations = 1 + random.nextInt(4); observations > 0; observations--) {
            long time = tick * TICK_MILLIS + random.nextInt((int) TICK_MILLIS);
            piece.add(random.nextInt(channels), time, random.nextGaussian());
        }
        return piece;
    }

    private static void assertSame(
            SeriesContext context, ArrayContext plain, int ring, int channels) {
        assertThat(context.isEmpty()).isEqualTo(plain.isEmpty());
        assertThat(context.ringTicks()).isEqualTo(ring);
        if (plain.isEmpty()) {
            assertThat(context.observedTicks()).isZero();
            return;
        }
        assertThat(context.headTick()).isEqualTo(plain.headTick());
        assertThat(context.firstTick()).isEqualTo(plain.firstTick());
        assertThat(context.lastObservedTick()).isEqualTo(plain.lastObservedTick());
        BitSet observed = new BitSet();
        for (int channel = 0; channel < channels; channel++) {
            BitSet ofChannel = new BitSet();
            double[] newest = new double[ring];
            context.copyNewest(channel, newest);
            double last = Double.NaN;
            for (int i = 0; i < ring; i++) {
                long tick = plain.headTick() - ring + 1 + i;
                double value = plain.valueAt(tick, channel);
                assertClose(context.valueAt(tick, channel), value);
                assertClose(newest[i], value);
                if (context.weightAt(tick, channel) != plain.weightAt(tick, channel)) {
                    assertThat(context.weightAt(tick, channel))
                            .isEqualTo(plain.weightAt(tick, channel));
                }
                ofChannel.set(i, !Double.isNaN(value));
                last = Double.isNaN(value) ? last : value;
            }
            observed.or(ofChannel);
            assertThat(context.observedTicks(channel)).isEqualTo(ofChannel.cardinality());
            assertThat(context.lastObserved(channel)).isCloseTo(last, Offset.offset(1e-12));
        }
        assertThat(context.observedTicks()).isEqualTo(observed.cardinality());
    }

    /** Tens of millions of values: only those that differ are worth a sentence. */
    private static void assertClose(double actual, double expected) {
        if (actual != expected) {
            assertThat(actual).isCloseTo(expected, Offset.offset(1e-12));
        }
    }
}
