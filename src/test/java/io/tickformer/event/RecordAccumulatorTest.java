package io.tickformer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class RecordAccumulatorTest {
    private static RecordAccumulator example() {
        RecordAccumulator tick = new RecordAccumulator(3);
        tick.add(0, 10, 1);
        tick.add(0, 20, 3);
        tick.add(2, 15, 230);
        return tick;
    }

    @Test
    void eachChannelIsAggregatedByItselfAndAChannelWithoutObservationIsMissing() {
        assertThat(example().values(TickAggregate.MEAN)).containsExactly(2, Double.NaN, 230);
        assertThat(example().values(TickAggregate.COUNT)).containsExactly(2, Double.NaN, 1);
    }

    @Test
    void aCopyIsIndependentAndAddingTwoEqualsAddingAllTheirObservations() {
        RecordAccumulator copy = example().copy();
        RecordAccumulator other = new RecordAccumulator(3);
        other.add(1, 12, 7);
        copy.add(other);

        assertThat(copy.values(TickAggregate.SUM)).containsExactly(4, 7, 230);
        assertThat(other.values(TickAggregate.SUM)).containsExactly(Double.NaN, 7, Double.NaN);
    }

    @Test
    void itsBinaryFormReadsBackToTheSameAndAnUnknownVersionIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        example().writeTo(new DataOutputStream(out));
        byte[] bytes = out.toByteArray();

        for (TickAggregate aggregate : TickAggregate.values()) {
            assertThat(read(bytes).values(aggregate)).isEqualTo(example().values(aggregate));
        }
        bytes[0] = 9;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 9; expected 1");
    }

    private static RecordAccumulator read(byte[] bytes) throws IOException {
        return RecordAccumulator.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
