package io.tickformer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.testing.Repository;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Open ticks as released jobs keep them: their bytes are read, and still written. */
final class GoldenAccumulatorsTest {
    private static byte[] golden(String name) throws IOException {
        String hex = Repository.read("src/test/resources/state/0.1.0/accumulators/" + name);
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static TickAccumulator tick() {
        TickAccumulator tick = new TickAccumulator();
        tick.add(10, 1);
        tick.add(20, 3);
        return tick;
    }

    private static RecordAccumulator record() {
        RecordAccumulator record = new RecordAccumulator(3);
        record.add(0, 10, 1);
        record.add(0, 20, 3);
        record.add(2, 15, 230);
        return record;
    }

    @Test
    void theBytesOfAnOpenTickAreReadAndStillWritten() throws IOException {
        byte[] golden = golden("tick-accumulator-1.hex");

        DataInputStream in = in(golden);
        TickAccumulator read = TickAccumulator.readFrom(in);

        assertThat(in.available()).isZero();
        for (TickAggregate aggregate : TickAggregate.values()) {
            assertThat(read.value(aggregate)).isEqualTo(tick().value(aggregate));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tick().writeTo(new DataOutputStream(out));
        assertThat(out.toByteArray()).isEqualTo(golden);
    }

    @Test
    void theBytesOfAnOpenTickOfARecordAreReadAndStillWritten() throws IOException {
        byte[] golden = golden("record-accumulator-1.hex");

        DataInputStream in = in(golden);
        RecordAccumulator read = RecordAccumulator.readFrom(in);

        assertThat(in.available()).isZero();
        for (TickAggregate aggregate : TickAggregate.values()) {
            assertThat(read.values(aggregate)).isEqualTo(record().values(aggregate));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        record().writeTo(new DataOutputStream(out));
        assertThat(out.toByteArray()).isEqualTo(golden);
    }

    @Test
    void unknownVersionsAreRefused() throws IOException {
        byte[] tick = golden("tick-accumulator-1.hex");
        byte[] record = golden("record-accumulator-1.hex");
        tick[0] = 2;
        record[0] = 2;

        assertThatThrownBy(() -> TickAccumulator.readFrom(in(tick)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 2; expected 1: they were written by another");
        assertThatThrownBy(() -> RecordAccumulator.readFrom(in(record)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 2; expected 1: they were written by another");
    }
}
