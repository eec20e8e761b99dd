package io.tickformer.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GaussianProcessTest {
    private static final int LENGTH = 60;
    private static final int DRAWS = 6_000;

    static Stream<Kernel> kernels() {
        Kernel smooth = Kernel.of(new Spectrum.Smooth(9));
        Kernel mixed = Kernel.of(new Spectrum.Mixed(6, 0.7));
        Kernel rough = Kernel.of(new Spectrum.Rough(7));
        Kernel periodic = Kernel.of(new Spectrum.Periodic(12, 0.8));
        Kernel line = Kernel.linear(0.3);
        return Stream.of(
                smooth,
                mixed,
                rough,
                periodic,
                line,
                smooth.plus(periodic),
                rough.times(periodic),
                line.times(periodic).plus(mixed),
                smooth.plus(line).times(periodic.plus(line)));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void drawsHaveTheCovarianceOfTheirKernel(Kernel kernel) {
        GaussianProcess process = new GaussianProcess(kernel, 4);
        int[][] pairs = {{20, 20}, {20, 21}, {20, 24}, {20, 32}, {5, 50}};
        double[] products = new double[pairs.length];
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] curve = process.draw(LENGTH, SeriesRandom.of(11, draw));
            sum += curve[20];
            for (int i = 0; i < pairs.length; i++) {
                products[i] += curve[pairs[i][0]] * curve[pairs[i][1]];
            }
        }
        double variance = kernel.at(20, 20, LENGTH);
        assertThat(sum / DRAWS).isCloseTo(0, offset(0.06 * (1 + variance)));
        for (int i = 0; i < pairs.length; i++) {
            assertThat(products[i] / DRAWS)
                    .as("ticks %d and %d", pairs[i][0], pairs[i][1])
                    .isCloseTo(
                            kernel.at(pairs[i][0], pairs[i][1], LENGTH),
                            offset(0.07 * (1 + variance)));
        }
    }

    @Test
    void aPeriodicKernelRepeatsItself() {
        GaussianProcess process = new GaussianProcess(Kernel.of(new Spectrum.Periodic(12, 0.6)));

        double[] curve = process.draw(LENGTH, SeriesRandom.of(1, 1));

        for (int i = 12; i < LENGTH; i++) {
            assertThat(curve[i]).isCloseTo(curve[i - 12], offset(1e-9));
        }
    }

    @Test
    void manyCosinesMakeANormalDistribution() {
        GaussianProcess process = new GaussianProcess(Kernel.of(new Spectrum.Smooth(5)));
        double fourth = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double value = process.draw(1, SeriesRandom.of(3, draw))[0];
            fourth += Math.pow(value, 4) / DRAWS;
        }
        assertThat(fourth).isCloseTo(3, offset(0.3));
    }
}
