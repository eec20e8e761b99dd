package io.tickformer.forecaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {
    private final CircuitBreaker breaker = new CircuitBreaker();

    /** How many micro-batches do without the model until the next one that calls it. */
    private int pause() {
        int skipped = 0;
        while (!breaker.admits()) {
            skipped++;
        }
        return skipped;
    }

    @Test
    void aClosedCircuitAdmitsEveryMicroBatch() {
        for (int i = 0; i < 10; i++) {
            assertThat(breaker.admits()).isTrue();
            assertThat(breaker.succeeded()).isFalse();
        }
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        List<Integer> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            breaker.failed();
            pauses.add(pause());
        }

        assertThat(pauses).containsExactly(4, 8, 16, 32, 64, 128, 256, 256, 256);
    }

    @Test
    void onlyTheFirstFailureOpensAndOnlyTheFirstSuccessCloses() {
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.isOpen()).isTrue();

        assertThat(breaker.succeeded()).isTrue();
        assertThat(breaker.succeeded()).isFalse();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void aFailureAfterASuccessPausesAsTheFirstDid() {
        breaker.failed();
        breaker.failed();
        breaker.succeeded();
        breaker.failed();

        assertThat(pause()).isEqualTo(CircuitBreaker.FIRST_PAUSE);
    }
}
