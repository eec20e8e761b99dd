package io.tickformer.context;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** A context as bytes, as a state backend on disk keeps it, which says what is read and written. */
public final class MemoryStore implements ContextStore {
    private final Map<Long, byte[]> blocks = new TreeMap<>();
    private byte[] head;
    private int blocksRead;
    private int blocksWritten;
    private int bytesWritten;

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    @Override
    public ContextHead head() {
        try {
            return head == null ? null : ContextHead.readFrom(in(head));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ContextBlock block(long number) {
        blocksRead++;
        byte[] bytes = blocks.get(number);
        return bytes == null ? null : read(bytes);
    }

    private static ContextBlock read(byte[] bytes) {
        try {
            return ContextBlock.readFrom(in(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Iterable<Map.Entry<Long, ContextBlock>> blocks() {
        Map<Long, ContextBlock> all = new TreeMap<>();
        blocks.forEach((number, bytes) -> all.put(number, read(bytes)));
        blocksRead += all.size();
        return all.entrySet();
    }

    @Override
    public void putHead(ContextHead newHead) {
        head = bytes(newHead::writeTo);
        bytesWritten += head.length;
    }

    @Override
    public void putBlock(long number, ContextBlock block) {
        byte[] bytes = bytes(block::writeTo);
        blocks.put(number, bytes);
        blocksWritten++;
        bytesWritten += bytes.length;
    }

    @Override
    public void removeBlock(long number) {
        blocks.remove(number);
    }

    @Override
    public void clearBlocks() {
        blocks.clear();
    }

    /** Forgets what was read and written so far. */
    public void resetCounts() {
        blocksRead = 0;
        blocksWritten = 0;
        bytesWritten = 0;
    }

    public int blocksRead() {
        return blocksRead;
    }

    public int blocksWritten() {
        return blocksWritten;
    }

    /** Bytes of heads and blocks written. */
    public int bytesWritten() {
        return bytesWritten;
    }

    /** Blocks that lie here. */
    public int size() {
        return blocks.size();
    }

    /** All that lies here, head first. */
    public byte[] bytes() {
        return bytes(
                out -> {
                    out.write(head);
                    for (Map.Entry<Long, byte[]> each : blocks.entrySet()) {
                        out.writeLong(each.getKey());
                        out.write(each.getValue());
                    }
                });
    }
}
