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

/** Open ticks as jobs keep them: their bytes are read, and still written. */
final class GoldenAccumulatorsTest {
    private static byte[] golden() throws IOException {
        String hex =
                Repository.read(
                        "src/test/resources/state/0.1.0/accumulators/tick-accumulator-1.hex");
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /** One channel with two observations, one with none and one with a single one. */
    private static TickAccumulator tick() {
        TickAccumulator tick = new TickAccumulator(3);
        tick.add(0, 10, 1);
        tick.add(0, 20, 3);
        tick.add(2, 15, 230);
        return tick;
    }

    @Test
    void theBytesOfAnOpenTickAreReadAndStillWritten() throws IOException {
        DataInputStream in = in(golden());

        assertThat(TickAccumulator.readFrom(in)).isEqualTo(tick());
        assertThat(in.available()).isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tick().writeTo(new DataOutputStream(out));
        assertThat(out.toByteArray()).isEqualTo(golden());
    }

    @Test
    void unknownVersionsAreRefused() throws IOException {
        byte[] bytes = golden();
        bytes[0] = 2;

        assertThatThrownBy(() -> TickAccumulator.readFrom(in(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 2; expected 1: it was written by another");
    }
}
