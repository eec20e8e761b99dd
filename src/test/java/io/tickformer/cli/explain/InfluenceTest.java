package io.tickformer.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InfluenceTest {
    @Test
    void sharesCountFromTheNewestTick() {
        Influence influence = new Influence(new double[] {5, 4, 0, 1, 0, 0});

        assertThat(influence.ticksHolding(0.5)).isEqualTo(1);
        assertThat(influence.ticksHolding(0.9)).isEqualTo(2);
        assertThat(influence.ticksHolding(0.99)).isEqualTo(4);
        assertThat(influence.furthest()).isEqualTo(4);
    }

    @Test
    void withoutAnyInfluenceNoTickHoldsSome() {
        Influence none = new Influence(new double[3]);

        assertThat(none.ticksHolding(0.5)).isZero();
        assertThat(none.furthest()).isZero();
    }
}
