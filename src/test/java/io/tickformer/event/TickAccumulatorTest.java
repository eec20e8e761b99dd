package io.tickformer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TickAccumulatorTest {
    @Test
    void everyAggregateOfThreeObservationsIsWhatItsNameSays() {
        TickAccumulator tick = threeObservations();

        assertThat(tick.value(TickAggregate.MEAN)).isEqualTo(3);
        assertThat(tick.value(TickAggregate.SUM)).isEqualTo(9);
        assertThat(tick.value(TickAggregate.LAST)).isEqualTo(6);
        assertThat(tick.value(TickAggregate.MIN)).isEqualTo(1);
        assertThat(tick.value(TickAggregate.MAX)).isEqualTo(6);
        assertThat(tick.value(TickAggregate.COUNT)).isEqualTo(3);
    }

    @Test
    void ofObservationsAtOneTimeTheLastToArriveIsTheLast() {
        TickAccumulator tick = new TickAccumulator();
        tick.add(10, 1);
        tick.add(10, 2);

        assertThat(tick.value(TickAggregate.LAST)).isEqualTo(2);
    }

    @Test
    void addingTwoAccumulatorsEqualsAddingAllTheirObservations() {
        TickAccumulator left = new TickAccumulator();
        left.add(30, 6);
        TickAccumulator right = new TickAccumulator();
        right.add(10, 1);
        right.add(20, 2);
        left.add(right);
        left.add(new TickAccumulator());

        for (TickAggregate aggregate : TickAggregate.values()) {
            assertThat(left.value(aggregate)).isEqualTo(threeObservations().value(aggregate));
        }
    }

    @Test
    void aClearedTickIsMissing() {
        TickAccumulator tick = threeObservations();
        tick.clear();

        assertThat(tick.isEmpty()).isTrue();
        assertThatThrownBy(() -> tick.value(TickAggregate.MEAN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the tick has no observation; it is missing");
    }

    @Test
    void itsBinaryFormReadsBackToTheSame() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        threeObservations().writeTo(new DataOutputStream(bytes));
        TickAccumulator read = read(bytes.toByteArray());

        for (TickAggregate aggregate : TickAggregate.values()) {
            assertThat(read.value(aggregate)).isEqualTo(threeObservations().value(aggregate));
        }
    }

    @Test
    void anUnknownVersionOfItsBinaryFormIsRefused() {
        assertThatThrownBy(() -> read(new byte[] {2, 0, 0}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 2; expected 1");
    }

    private static TickAccumulator threeObservations() {
        TickAccumulator tick = new TickAccumulator();
        tick.add(30, 6);
        tick.add(10, 1);
        tick.add(20, 2);
        return tick;
    }

    private static TickAccumulator read(byte[] bytes) throws IOException {
        return TickAccumulator.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void observationsTooLargeToAddUpGiveAFiniteValue() {
        TickAccumulator high = new TickAccumulator();
        high.add(0, 1.5e308);
        high.add(1, 1.5e308);
        TickAccumulator low = new TickAccumulator();
        low.add(2, -1.5e308);
        low.add(3, -1.5e308);

        assertThat(high.value(TickAggregate.SUM)).isEqualTo(Double.MAX_VALUE);
        assertThat(low.value(TickAggregate.MEAN)).isEqualTo(-Double.MAX_VALUE / 2);
        high.add(low);
        assertThat(high.value(TickAggregate.MEAN)).isZero();
    }
}
