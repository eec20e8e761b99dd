package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.spec.Normalisation;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class RunningFramePropertyTest {
    private static final int TICKS = 400;

    /** Noise with gaps, spikes, stuck values, other levels and other spreads. */
    static double[] dirty(long seed, int ticks) {
        Random random = new Random(seed);
        double[] values = new double[ticks];
        double level = 0;
        double spread = 1;
        int stuck = 0;
        for (int i = 0; i < ticks; i++) {
            level += random.nextInt(90) == 0 ? 30 * random.nextGaussian() : 0;
            spread *= random.nextInt(90) == 0 ? Math.exp(2 * random.nextGaussian()) : 1;
            stuck = random.nextInt(70) == 0 ? 10 : Math.max(0, stuck - 1);
            values[i] = stuck > 0 && i > 0 ? values[i - 1] : level + spread * random.nextGaussian();
            values[i] += random.nextInt(60) == 0 ? Math.pow(10, 9 * random.nextDouble()) : 0;
            values[i] = random.nextInt(8) == 0 ? Double.NaN : values[i];
        }
        return values;
    }

    private static RunningFrame replayed(double[] values, Normalisation of, long at, long end) {
        RunningFrame frame = new RunningFrame(of);
        frame.replay(
                tick ->
                        tick < at || tick >= at + values.length
                                ? Double.NaN
                                : values[(int) (tick - at)],
                RunningFrame.start(end, of.blockTicks()),
                end);
        return frame;
    }

    @Property(tries = 200)
    void aReplayGivesTheFramesOfOnePassBitForBit(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 120) int blockTicks,
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long at) {
        Normalisation normalisation = new Normalisation(50, blockTicks);
        double[] values = dirty(seed, TICKS);
        RunningFrame onePass = new RunningFrame(normalisation);
        long start = RunningFrame.start(at, blockTicks);
        onePass.restart(start);
        for (long tick = start; tick < at + TICKS; tick++) {
            onePass.add(tick < at ? Double.NaN : values[(int) (tick - at)]);
            if (tick >= at && tick % 7 == 0) {
                assertThat(replayed(values, normalisation, at, tick).frame())
                        .isEqualTo(onePass.frame());
            }
        }
    }

    @Property(tries = 200)
    void whatIsOlderThanTheMemoryInfluencesNothing(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 120) int blockTicks,
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long at) {
        Normalisation normalisation = new Normalisation(50, blockTicks);
        double[] values = dirty(seed, TICKS);
        double[] other = values.clone();
        Random random = new Random(seed + 1);
        for (int i = 0; i < TICKS - normalisation.memoryTicks(); i++) {
            other[i] = 1e6 * random.nextGaussian();
        }
        long end = at + TICKS - 1;

        assertThat(replayed(other, normalisation, at, end).frame())
                .isEqualTo(replayed(values, normalisation, at, end).frame());
    }

    @Property(tries = 300)
    void inAnotherUnitAndFromAnotherZeroPointTheFrameIsTheSame(
            @ForAll long seed,
            @ForAll @DoubleRange(min = -9, max = 9) double magnitude,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double zero) {
        Normalisation normalisation = new Normalisation(256, 256);
        Random random = new Random(seed);
        double[] values = new double[TICKS];
        double[] other = new double[TICKS];
        double unit = Math.pow(10, magnitude);
        for (int i = 0; i < TICKS; i++) {
            values[i] = Math.sin(i / 4.0) + random.nextGaussian() + (i > 250 ? 60 : 0);
            values[i] += i % 97 == 5 ? 1e4 : 0;
            other[i] = unit * (values[i] + zero);
        }
        for (int end = 0; end < TICKS; end += 13) {
            Frame frame = replayed(values, normalisation, 0, end).frame();
            Frame moved = replayed(other, normalisation, 0, end).frame();
            double tolerance = 1e-6 * frame.scale() + 2e-12 * (1 + Math.abs(zero));
            assertThat(moved.location() / unit - zero)
                    .isCloseTo(frame.location(), within(tolerance));
            assertThat(moved.scale() / unit).isCloseTo(frame.scale(), within(tolerance));
        }
    }

    @Property(tries = 100)
    void aFrameIsFiniteAndItsScalePositiveWhateverComes(@ForAll long seed) {
        Normalisation normalisation = new Normalisation(40, 64);
        RunningFrame frame = new RunningFrame(normalisation);
        frame.restart(0);
        Random random = new Random(seed);
        double[] extremes = {0, -0.0, 1e30, -1e30, Double.MIN_VALUE, 5, 5, 5, -1e-310, Double.NaN};
        boolean known = false;
        for (int i = 0; i < TICKS; i++) {
            double value = extremes[random.nextInt(extremes.length)];
            frame.add(value);
            known |= !Double.isNaN(value);
            assertThat(frame.location()).isFinite();
            assertThat(frame.scale()).isFinite();
            assertThat(frame.isKnown()).isEqualTo(known);
            assertThat(frame.scale() > 0).isEqualTo(known);
        }
    }
}
