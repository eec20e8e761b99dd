package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Tick;
import org.junit.jupiter.api.Test;

class TickActualsTest {
    private final TickActuals actuals = new TickActuals(100);

    @Test
    void aTickIsTheMeanOfItsSoundReadings() {
        assertThat(actuals.add(sound("a", 210, 1))).isEqualTo(new Tick("a", 2, 1));
        assertThat(actuals.add(sound("a", 250, 2))).isEqualTo(new Tick("a", 2, 1.5));
        assertThat(
                        actuals.add(
                                new SimulatedRecord(
                                        260, "a", 260, 90, SimulatedRecord.Fault.NO_KEY)))
                .isNull();

        assertThat(actuals.drainBefore(3)).containsExactly(new Tick("a", 2, 1.5));
    }

    @Test
    void ticksAreDrainedOnceAndInOrder() {
        actuals.add(sound("b", 300, 3));
        actuals.add(sound("a", 200, 2));
        actuals.add(sound("a", 100, 1));

        assertThat(actuals.drainBefore(3))
                .containsExactly(new Tick("a", 1, 1), new Tick("a", 2, 2));
        assertThat(actuals.drainBefore(4)).containsExactly(new Tick("b", 3, 3));
        assertThat(actuals.drainBefore(9)).isEmpty();
    }

    @Test
    void aReadingOfADrainedTickIsIgnored() {
        actuals.add(sound("a", 100, 1));
        actuals.drainBefore(2);

        assertThat(actuals.add(sound("a", 150, 5))).isNull();
        assertThat(actuals.drainBefore(9)).isEmpty();
    }

    @Test
    void aFirstTickWithoutAReadingMakesNoLaterOneFinal() {
        assertThat(actuals.drainOlderThan(3)).isEmpty();
        actuals.add(sound("a", 500, 1));
        assertThat(actuals.drainOlderThan(3)).isEmpty();
        actuals.add(sound("a", 600, 2));
        actuals.add(sound("a", 900, 3));

        assertThat(actuals.drainOlderThan(3)).containsExactly(new Tick("a", 5, 1));
    }

    private static SimulatedRecord sound(String series, long time, double value) {
        return new SimulatedRecord(time, series, time, value, SimulatedRecord.Fault.NONE);
    }
}
