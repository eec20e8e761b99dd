package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.UnknownFormatException;
import io.tickformer.testing.Repository;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The binary forms are file formats: bytes that were written once can be read for ever. */
final class ContextFormatTest {
    private static final int RING = 40;

    /**
     * Two channels from tick 30 on, over the boundary of a block, one tick merged and one filled.
     */
    private static SeriesContext example() {
        SeriesContext context = new SeriesContext(RING, 2, EmptyTickPolicy.LAST);
        context.update(30, new double[] {1.5, Double.NaN}, new int[] {1, 1});
        context.update(31, new double[] {-2, 230}, new int[] {3, 70});
        context.update(33, new double[] {4.25, 231}, new int[] {1, 1});
        return context;
    }

    private static byte[] golden(String name) throws IOException {
        String hex = Repository.read("src/test/resources/state/0.1.0/contexts/" + name + ".hex");
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static byte[] head(ContextHead head) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        head.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static byte[] block(ContextBlock block) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        block.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void theBytesOfVersionOneAreStillWritten() throws IOException {
        MemoryStore store = new MemoryStore();
        example().writeTo(store);

        assertThat(hex(head(store.head()))).isEqualTo(hex(golden("context-head-1")));
        assertThat(hex(block(store.block(0)))).isEqualTo(hex(golden("context-block-0-1")));
        assertThat(hex(block(store.block(1)))).isEqualTo(hex(golden("context-block-1-1")));
    }

    @Test
    void theBytesOfVersionOneAreStillRead() throws IOException {
        MemoryStore store = new MemoryStore();
        store.putHead(ContextHead.readFrom(in(golden("context-head-1"))));
        store.putBlock(0, ContextBlock.readFrom(in(golden("context-block-0-1"))));
        store.putBlock(1, ContextBlock.readFrom(in(golden("context-block-1-1"))));

        SeriesContext context = SeriesContext.open(store, RING, EmptyTickPolicy.LAST).orElseThrow();

        assertThat(context.headTick()).isEqualTo(33);
        assertThat(context.firstTick()).isEqualTo(30);
        assertThat(context.observedTicks()).isEqualTo(4);
        assertThat(context.observedTicks(1)).isEqualTo(3);
        assertThat(context.valueAt(31, 0)).isEqualTo(-2);
        assertThat(context.weightAt(31, 1)).isEqualTo(70);
        assertThat(context.valueAt(32, 1)).isEqualTo(230);
        assertThat(context.isReading(32, 1)).isFalse();
        assertThat(context.valueAt(30, 1)).isNaN();
    }

    @Test
    void theHeadOfAnEmptyContextIsEightBytes() throws IOException {
        byte[] bytes = head(new ContextHead(RING, 2));

        assertThat(bytes).containsExactly(1, 0, 0, 0, RING, 0, 2, 1);
        assertThat(ContextHead.readFrom(in(bytes)).empty).isTrue();
    }

    @Test
    void unknownVersionsAreRefusedWithWhatToDo() throws IOException {
        byte[] head = golden("context-head-1");
        byte[] block = golden("context-block-0-1");
        head[0] = 2;
        block[0] = 0;

        assertThatThrownBy(() -> ContextHead.readFrom(in(head)))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessage(
                        "the head of a context has format version 2; expected 1: it was written by"
                                + " another release. Run that release, or start without the"
                                + " savepoint or checkpoint");
        assertThatThrownBy(() -> ContextBlock.readFrom(in(block)))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessageStartingWith("a block of a context has format version 0; expected 1: ");
    }

    @Test
    void bytesThatEndEarlyAreRefused() throws IOException {
        byte[] block = golden("context-block-0-1");

        assertThatThrownBy(() -> ContextBlock.readFrom(in(Arrays.copyOf(block, block.length - 1))))
                .isInstanceOf(EOFException.class);
    }
}
