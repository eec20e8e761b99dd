package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SensorFaultsTest {
    private static final int TICKS = 300;
    private static final int FIRST = 100;
    private static final int LAST = 250;

    private static double[] series() {
        double[] values = new double[TICKS];
        for (int i = 0; i < TICKS; i++) {
            values[i] = i % 11 == 3 ? Double.NaN : 10 + Math.sin(i);
        }
        return values;
    }

    @Test
    void whatPassesIsSeenAloneAndWhatLastsMovesTargetsToo() {
        SplittableRandom random = new SplittableRandom(3);
        int passing = 0;
        int lasting = 0;
        for (int i = 0; i < 200; i++) {
            double[] seen = series();
            double[] targets = series();
            int change = new SensorFaults(1).put(seen, targets, FIRST, LAST, 1, random);
            boolean moved = !Arrays.equals(targets, series());
            assertThat(change < TICKS).isEqualTo(moved);
            assertThat(Arrays.copyOf(targets, change)).isEqualTo(Arrays.copyOf(series(), change));
            passing += moved ? 0 : 1;
            lasting += moved ? 1 : 0;
            assertThat(Arrays.copyOf(seen, FIRST)).isEqualTo(Arrays.copyOf(series(), FIRST));
            if (moved) {
                assertThat(seen).isEqualTo(targets);
            } else {
                assertThat(Arrays.copyOfRange(seen, LAST + 1, TICKS))
                        .isEqualTo(Arrays.copyOfRange(series(), LAST + 1, TICKS));
            }
            for (int tick = 0; tick < TICKS; tick++) {
                assertThat(Double.isNaN(seen[tick])).isEqualTo(tick % 11 == 3);
            }
        }
        assertThat(passing).isBetween(70, 130);
        assertThat(lasting).isBetween(70, 130);
    }

    @Test
    void theSameSeedPutsTheSameFaults() {
        double[] once = series();
        double[] again = series();
        new SensorFaults(1).put(once, series(), FIRST, LAST, 2, new SplittableRandom(8));
        new SensorFaults(1).put(again, series(), FIRST, LAST, 2, new SplittableRandom(8));

        assertThat(again).isEqualTo(once);
    }
}
