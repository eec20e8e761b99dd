package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.spec.Normalisation;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Zeros of a register whose level is millions of times its spread, and lasting shifts of a level:
 * wherever in a block they lie, frames after them are those of the series without them, or at the
 * new level.
 */
final class FaultsInABlockTest {
    private static final Normalisation NORMALISATION = Normalisation.DEFAULT;
    private static final int BLOCK = NORMALISATION.blockTicks();
    private static final int TICKS = 4 * BLOCK;
    private static final double[] CLEAN = register();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 12})
    void zerosLeaveTheFrameWhereverTheyLieInABlock(int length) {
        Frame[] clean = frames(CLEAN);
        for (int start = BLOCK; start < 2 * BLOCK; start++) {
            double[] values = CLEAN.clone();
            for (int i = start; i < start + length; i++) {
                values[i] = 0;
            }
            Frame[] faulty = frames(values);
            for (int tick = start + length + 48; tick < TICKS; tick += 37) {
                double scale = clean[tick].scale();
                assertThat(Math.abs(faulty[tick].location() - clean[tick].location()))
                        .as("location at tick %d, %d zeros from %d on", tick, length, start)
                        .isLessThan(0.5 * scale);
                assertThat(faulty[tick].scale())
                        .as("scale at tick %d, %d zeros from %d on", tick, length, start)
                        .isBetween(0.5 * scale, 1.6 * scale);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {20, 100, 1e4, 1e6})
    void aShiftIsFollowedWhereverItLiesInABlock(double spreads) {
        Frame[] clean = frames(CLEAN);
        double shift = spreads * clean[BLOCK].scale();
        for (int start = BLOCK; start < 2 * BLOCK; start++) {
            double[] values = CLEAN.clone();
            for (int i = start; i < TICKS; i++) {
                values[i] += shift;
            }
            Frame[] shifted = frames(values);
            for (int tick = start + 96; tick < TICKS; tick += 37) {
                double scale = clean[tick].scale();
                assertThat(shifted[tick].location() - clean[tick].location() - shift)
                        .as("location at tick %d, shift of %s from %d on", tick, spreads, start)
                        .isBetween(-scale, scale);
                assertThat(shifted[tick].scale())
                        .as("scale at tick %d, shift of %s from %d on", tick, spreads, start)
                        .isBetween(0.3 * scale, 3 * scale);
            }
        }
    }

    private static double[] register() {
        Random random = new Random(7);
        double[] values = new double[TICKS];
        for (int i = 0; i < TICKS; i++) {
            values[i] = 5e8 + 40 * (Math.sin(2 * Math.PI * i / 24) + 0.15 * random.nextGaussian());
        }
        return values;
    }

    private static Frame[] frames(double[] values) {
        RunningFrame running = new RunningFrame(NORMALISATION);
        running.restart(0);
        Frame[] frames = new Frame[values.length];
        for (int i = 0; i < values.length; i++) {
            running.add(values[i]);
            frames[i] = running.frame();
        }
        return frames;
    }
}
