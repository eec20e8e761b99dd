package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.EmptyTick;
import io.tickformer.spec.Normalisation;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A context that changes its length against one that had that length from the start. */
final class ContextFitPropertyTest {
    private static final Normalisation NORMALISATION = new Normalisation(6, 4);
    private static final long START = -20;

    /** Some of C channels at some ticks; at most {@code longestGap} ticks in a row have none. */
    private static final class Stream {
        private final Random random;
        private final int channels;
        private final int longestGap;
        private int gap;

        Stream(long seed, int channels, int longestGap) {
            this.random = new Random(seed);
            this.channels = channels;
            this.longestGap = longestGap;
        }

        /** Values of the next tick; null where it has none. */
        double[] next() {
            if (gap < longestGap && random.nextInt(3) > 0) {
                gap++;
                return null;
            }
            gap = 0;
            double[] values = new double[channels];
            int certain = random.nextInt(channels);
            for (int channel = 0; channel < channels; channel++) {
                boolean there = channel == certain || random.nextBoolean();
                values[channel] = there ? 100 * random.nextGaussian() : Double.NaN;
            }
            return values;
        }
    }

    private static void feed(SeriesContext context, long tick, double[] values) {
        if (values == null) {
            context.advanceTo(tick);
        } else {
            context.update(tick, values);
        }
    }

    @Property(tries = 400)
    void aShorterContextIsTheOneThatTheShorterModelWouldHaveHad(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll @IntRange(min = 1, max = 12) int shorter,
            @ForAll @IntRange(max = 12) int more,
            @ForAll @IntRange(min = 1, max = 60) int ticks) {
        SeriesContext context = new SeriesContext(shorter + more, channels);
        SeriesContext expected = new SeriesContext(shorter, channels);
        Stream stream = new Stream(seed, channels, shorter - 1);
        for (long tick = START; tick < START + ticks; tick++) {
            double[] values = stream.next();
            feed(context, tick, values);
            feed(expected, tick, values);
        }

        SeriesContext fitted = ContextFit.of(context, shorter);

        assertThat(ContextBytes.of(fitted)).isEqualTo(ContextBytes.of(expected));
    }

    @Property(tries = 400)
    void aLongerContextIsTheOneThatTheLongerModelWouldHaveHadOnceItsLengthHasPassed(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll @IntRange(min = 1, max = 12) int shorter,
            @ForAll @IntRange(min = 1, max = 12) int more,
            @ForAll @IntRange(min = 1, max = 60) int ticks) {
        int longer = shorter + more;
        SeriesContext context = new SeriesContext(shorter, channels);
        SeriesContext expected = new SeriesContext(longer, channels);
        Stream stream = new Stream(seed, channels, shorter - 1);
        long tick = START;
        for (; tick < START + ticks; tick++) {
            double[] values = stream.next();
            feed(context, tick, values);
            feed(expected, tick, values);
        }

        SeriesContext fitted = ContextFit.of(context, longer);

        if (context.isEmpty()) {
            assertThat(fitted.isEmpty()).isTrue();
            return;
        }
        assertThat(fitted.headTick()).isEqualTo(expected.headTick());
        assertThat(fitted.firstTick()).isEqualTo(context.oldestTick());
        for (long end = fitted.firstTick() + longer; tick <= end; tick++) {
            double[] values = stream.next();
            feed(fitted, tick, values);
            feed(expected, tick, values);
        }
        assertThat(fitted.spans(longer)).isTrue();
        assertThat(withoutFirstTick(fitted, 0)).isEqualTo(withoutFirstTick(expected, 0));
    }

    /** The bytes of a full context, whose first tick has left the ring and counts no more. */
    private static byte[] withoutFirstTick(SeriesContext context, long first) {
        SeriesContext.Mark mark = context.mark().orElseThrow();
        long oldest = context.headTick() - context.ringTicks() + 1;
        return ContextBytes.of(
                SeriesContext.restore(
                        new SeriesContext.Mark(mark.headTick(), Math.min(first, oldest)),
                        context.ringTicks(),
                        context.channels(),
                        EmptyTick.MISSING,
                        context::valueAt));
    }

    @Property(tries = 200)
    void longerAndBackIsTheContextItWas(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 2) int channels,
            @ForAll @IntRange(min = 1, max = 12) int length,
            @ForAll @IntRange(min = 1, max = 12) int more,
            @ForAll @IntRange(min = 1, max = 40) int ticks) {
        SeriesContext context = new SeriesContext(length, channels);
        Stream stream = new Stream(seed, channels, 2 * length);
        for (long tick = START; tick < START + ticks; tick++) {
            feed(context, tick, stream.next());
        }

        SeriesContext there = ContextFit.of(context, length + more);
        SeriesContext back = ContextFit.of(there, length);

        assertThat(back.isEmpty()).isEqualTo(context.isEmpty());
        if (!context.isEmpty()) {
            assertThat(back.spans(length)).isEqualTo(context.spans(length));
            long first = back.spans(length) ? Long.MIN_VALUE : context.firstTick();
            assertThat(withoutFirstTick(back, first)).isEqualTo(withoutFirstTick(context, first));
        }
    }
}
