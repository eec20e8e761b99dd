package io.tickformer.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TickTest {

    @Test
    void theGridRoundsDownOnBothSidesOfTheEpoch() {
        assertThat(Tick.indexOf(0, 1_000)).isZero();
        assertThat(Tick.indexOf(999, 1_000)).isZero();
        assertThat(Tick.indexOf(1_000, 1_000)).isEqualTo(1);
        assertThat(Tick.indexOf(-1, 1_000)).isEqualTo(-1);
        assertThat(Tick.indexOf(-1_000, 1_000)).isEqualTo(-1);
    }
}
