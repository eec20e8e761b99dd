package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.spec.Normalisation;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The binary form is a file format: bytes that were written once can be read for ever. */
final class SeriesContextFormatTest {
    private static final Normalisation NORMALISATION = new Normalisation(4, 4);
    private static final int T = 4;

    private static SeriesContext example() {
        SeriesContext context = new SeriesContext(T);
        context.update(100, 1.5);
        context.update(101, -2);
        context.update(103, 4.25);
        context.update(105, 8);
        return context;
    }

    private static byte[] golden() throws IOException {
        try (InputStream in =
                SeriesContextFormatTest.class.getResourceAsStream("series-context-v1.hex")) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }

    @Test
    void theBytesOfVersionOneAreStillWritten() throws IOException {
        assertThat(ContextBytes.of(example())).isEqualTo(golden());
    }

    @Test
    void theBytesOfVersionOneAreStillRead() throws IOException {
        SeriesContext context = ContextBytes.read(golden(), T);

        assertThat(context.headTick()).isEqualTo(105);
        assertThat(context.firstTick()).isEqualTo(100);
        assertThat(context.observedTicks()).isEqualTo(2);
        assertThat(context.valueAt(103)).isEqualTo(4.25);
        assertThat(context.valueAt(104)).isNaN();
    }

    @Test
    void anEmptyContextIsSixBytes() throws IOException {
        byte[] bytes = ContextBytes.of(new SeriesContext(T));

        assertThat(bytes).containsExactly(1, 0, 0, 0, T, 1);
        assertThat(ContextBytes.read(bytes, T).isEmpty()).isTrue();
    }

    @Test
    void anUnknownVersionIsRefused() throws IOException {
        byte[] bytes = golden();
        bytes[0] = 2;

        assertThatThrownBy(() -> ContextBytes.read(bytes, T))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format version 2; expected 1");
    }

    @Test
    void anotherContextLengthIsRefused() {
        assertThatThrownBy(() -> ContextBytes.read(golden(), 8))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("spans 4 ticks; the model expects 8");
    }

    @Test
    void bytesThatEndEarlyAreRefused() throws IOException {
        byte[] bytes = golden();

        assertThatThrownBy(() -> ContextBytes.read(Arrays.copyOf(bytes, bytes.length - 1), T))
                .isInstanceOf(EOFException.class);
    }
}
