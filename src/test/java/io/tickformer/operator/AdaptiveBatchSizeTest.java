package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AdaptiveBatchSizeTest {
    private static final long LINGER = 10_000_000;

    private final AdaptiveBatchSize target = new AdaptiveBatchSize(64, LINGER, 0);

    @Test
    void aStreamWhoseLoadIsNotKnownYetGetsTheLargest() {
        assertThat(target.ticks()).isEqualTo(64);
    }

    @Test
    void aQuietStreamIsNoLongerKeptWaiting() {
        target.lingered(1, LINGER);

        assertThat(target.ticks()).isOne();
    }

    @Test
    void aStreamThatStaysQuietIsNeverKeptWaitingAgain() {
        target.lingered(1, LINGER);
        for (int second = 1; second < 10; second++) {
            target.filled(second * 1_000_000_000L);
        }

        assertThat(target.ticks()).isOne();
    }

    @Test
    void theBusierTheStreamTheLargerUpToTheLargest() {
        target.lingered(1, 0);
        int[] seen = new int[8];
        for (int i = 0; i < seen.length; i++) {
            target.filled(i + 1);
            seen[i] = target.ticks();
        }

        assertThat(seen).containsExactly(2, 4, 8, 16, 32, 64, 64, 64);
    }

    @Test
    void theTargetGrowsWhereTwiceAsManyWouldComeWithinALinger() {
        target.lingered(8, 0);
        target.filled(LINGER / 2 + 1);
        assertThat(target.ticks()).isEqualTo(8);

        target.filled(LINGER + 1);
        assertThat(target.ticks()).isEqualTo(16);
    }

    @Test
    void whatCameWithinALingerIsTheNextTarget() {
        target.lingered(20, LINGER);

        assertThat(target.ticks()).isEqualTo(20);
    }

    @Test
    void aWatermarkSaysNothingOfTheLoad() {
        target.lingered(4, 0);
        target.flushed(1);
        target.flushed(2);

        assertThat(target.ticks()).isEqualTo(4);
    }
}
