package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FleetThrottleTest {
    @Test
    void whatIsNotAllowedYetWaitsForIt() {
        try (FleetThrottle gate = FleetThrottle.of("gate")) {
            gate.allow(2);
            assertThat(gate.take(1)).isDone();
            assertThat(gate.take(1)).isDone();
            CompletableFuture<Void> third = gate.take(1);
            assertThat(third).isNotDone();
            gate.allow(1);
            assertThat(third).isDone();
        }
    }

    @Test
    void aGateIsFoundByItsNameUntilItIsClosed() {
        try (FleetThrottle gate = FleetThrottle.of("named")) {
            assertThat(FleetThrottle.find("named")).isSameAs(gate);
            gate.arrived();
            assertThat(gate.forecasts()).isEqualTo(1);
        }
        assertThat(FleetThrottle.find("named")).isNull();
    }
}
