package io.tickformer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TickAccumulatorTest {
    private static TickAccumulator threeObservations() {
        TickAccumulator tick = new TickAccumulator(1);
        tick.add(0, 30, 6);
        tick.add(0, 10, 1);
        tick.add(0, 20, 2);
        return tick;
    }

    private static TickAccumulator threeChannels() {
        TickAccumulator tick = new TickAccumulator(3);
        tick.add(0, 10, 1);
        tick.add(0, 20, 3);
        tick.add(2, 15, 230);
        return tick;
    }

    private static TickAccumulator written(TickAccumulator tick) throws IOException {
        return read(bytes(tick));
    }

    private static byte[] bytes(TickAccumulator tick) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tick.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static TickAccumulator read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        TickAccumulator read = TickAccumulator.readFrom(in);
        assertThat(in.available()).isZero();
        return read;
    }

    @Test
    void everyAggregateOfThreeObservationsIsWhatItsNameSays() {
        TickAccumulator tick = threeObservations();

        assertThat(tick.value(0, TickAggregate.MEAN)).isEqualTo(3);
        assertThat(tick.value(0, TickAggregate.SUM)).isEqualTo(9);
        assertThat(tick.value(0, TickAggregate.LAST)).isEqualTo(6);
        assertThat(tick.value(0, TickAggregate.MIN)).isEqualTo(1);
        assertThat(tick.value(0, TickAggregate.MAX)).isEqualTo(6);
        assertThat(tick.value(0, TickAggregate.COUNT)).isEqualTo(3);
        assertThat(tick.count(0)).isEqualTo(3);
        assertThat(tick.newestTimeMillis()).isEqualTo(30);
    }

    @Test
    void ofObservationsAtOneTimeTheLastToArriveIsTheLast() {
        TickAccumulator tick = new TickAccumulator(1);
        tick.add(0, 10, 1);
        tick.add(0, 10, 2);

        assertThat(tick.value(0, TickAggregate.LAST)).isEqualTo(2);
    }

    @Test
    void eachChannelIsAggregatedByItselfAndAChannelWithoutObservationIsMissing() {
        TickAccumulator tick = threeChannels();

        assertThat(tick.values(TickAggregate.MEAN)).containsExactly(2, Double.NaN, 230);
        assertThat(tick.values(TickAggregate.COUNT)).containsExactly(2, Double.NaN, 1);
        assertThat(tick.isEmpty(1)).isTrue();
        assertThat(tick.isEmpty()).isFalse();
        assertThat(tick.newestTimeMillis()).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource
    void mergingTwoEqualsAddingAllTheirObservations(TickAggregate aggregate) {
        TickAccumulator left = new TickAccumulator(1);
        left.add(0, 30, 6);
        TickAccumulator right = new TickAccumulator(1);
        right.add(0, 10, 1);
        right.add(0, 20, 2);
        left.merge(right);
        left.merge(new TickAccumulator(1));

        assertThat(left.value(0, aggregate)).isEqualTo(threeObservations().value(0, aggregate));
        assertThat(left).isEqualTo(threeObservations());
    }

    @Test
    void aCopyIsIndependent() {
        TickAccumulator copy = threeChannels().copy();
        TickAccumulator other = TickAccumulator.of(12, Double.NaN, 7, Double.NaN);
        copy.merge(other);

        assertThat(copy.values(TickAggregate.SUM)).containsExactly(4, 7, 230);
        assertThat(other.values(TickAggregate.SUM)).containsExactly(Double.NaN, 7, Double.NaN);
    }

    @Test
    void ticksOfOtherNumbersOfChannelsDoNotMerge() {
        assertThatThrownBy(() -> threeChannels().merge(threeObservations()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a tick of 1 channels cannot join one of 3");
        assertThatThrownBy(() -> new TickAccumulator(0))
                .hasMessage("a tick of 0 channels; expected at least 1");
    }

    @Test
    void aClearedTickIsMissing() {
        TickAccumulator tick = threeObservations();
        tick.clear();

        assertThat(tick.isEmpty()).isTrue();
        assertThat(tick.value(0, TickAggregate.MEAN)).isNaN();
        assertThat(tick.newestTimeMillis()).isEqualTo(Long.MIN_VALUE);
        assertThat(tick).isEqualTo(new TickAccumulator(1));
    }

    @Test
    void theWeightIsTheNumberOfObservationsUpToItsLimit() {
        TickAccumulator tick = threeObservations();
        assertThat(tick.weight(0, TickAggregate.MEAN, 0, 100)).isEqualTo(3);
        assertThat(new TickAccumulator(1).weight(0, TickAggregate.MEAN, 0, 100)).isZero();
        for (int i = 0; i < 70_000; i++) {
            tick.add(0, 10, 1);
        }

        assertThat(tick.weight(0, TickAggregate.SUM, 0, 100)).isEqualTo(65_535);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "50, 32768", "99, 64879", "-5, 1", "200, 65535"})
    void theWeightOfTheLastIsItsPlaceWithinTheTick(long time, int weight) {
        assertThat(TickAccumulator.of(time, 7).weight(0, TickAggregate.LAST, 0, 100))
                .isEqualTo(weight);
    }

    @Test
    void itsBinaryFormReadsBackToTheSame() throws IOException {
        for (TickAccumulator tick :
                new TickAccumulator[] {
                    threeObservations(),
                    threeChannels(),
                    new TickAccumulator(2),
                    TickAccumulator.of(Long.MIN_VALUE, -0.0),
                    TickAccumulator.of(Long.MAX_VALUE, Double.MAX_VALUE)
                }) {
            assertThat(written(tick)).isEqualTo(tick);
        }
    }

    @Test
    void anUnknownVersionOfItsBinaryFormIsRefused() {
        assertThatThrownBy(() -> read(new byte[] {2, 0, 0}))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessageContaining("format version 2; expected 1")
                .hasMessageContaining("start without the savepoint");
    }

    @Test
    void observationsTooLargeToAddUpGiveAFiniteValue() {
        TickAccumulator high = new TickAccumulator(1);
        high.add(0, 0, 1.5e308);
        high.add(0, 1, 1.5e308);
        TickAccumulator low = new TickAccumulator(1);
        low.add(0, 2, -1.5e308);
        low.add(0, 3, -1.5e308);

        assertThat(high.value(0, TickAggregate.SUM)).isEqualTo(Double.MAX_VALUE);
        assertThat(low.value(0, TickAggregate.MEAN)).isEqualTo(-Double.MAX_VALUE / 2);
        high.merge(low);
        assertThat(high.value(0, TickAggregate.MEAN)).isZero();
    }
}
