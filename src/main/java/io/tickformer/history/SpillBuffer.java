package io.tickformer.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An append-only sequence of 64-bit numbers that may be larger than the heap. Up to a limit it is
 * in memory; beyond that, all but its tail is in a temporary file.
 *
 * <p>The file is deleted when the buffer is closed, or with the process. One thread may append
 * while others read what was appended before.
 */
final class SpillBuffer implements AutoCloseable {
    /** 64 MiB: a history of four million observations needs no file. */
    private static final int DEFAULT_SEGMENTS = 1024;

    /** Numbers in a segment of 64 KiB. */
    private static final int SEGMENT = 1 << 13;

    private final int mostSegments;
    private final List<long[]> segments = new ArrayList<>();
    private FileChannel file;
    private ByteBuffer transfer;
    private long size;

    /** A buffer whose memory limit is enough for most histories. */
    SpillBuffer() {
        this(DEFAULT_SEGMENTS);
    }

    /**
     * @param mostSegments segments of 64 KiB in memory, at least 1
     */
    SpillBuffer(int mostSegments) {
        this.mostSegments = mostSegments;
    }

    /** Number of numbers. */
    long size() {
        return size;
    }

    /** Whether part of it is on disk. */
    boolean isOnDisk() {
        return file != null;
    }

    /**
     * Appends a number.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    void append(long number) {
        int position = (int) (size % SEGMENT);
        if (position == 0) {
            beginSegment();
        }
        segments.get(segments.size() - 1)[position] = number;
        size++;
    }

    /** Appends the first numbers of an array and returns their position. */
    long append(long[] numbers, int count) {
        long begin = size;
        int taken = 0;
        while (taken < count) {
            int position = (int) (size % SEGMENT);
            if (position == 0) {
                beginSegment();
            }
            int fits = Math.min(count - taken, SEGMENT - position);
            System.arraycopy(numbers, taken, segments.get(segments.size() - 1), position, fits);
            taken += fits;
            size += fits;
        }
        return begin;
    }

    /** The number at a position. */
    long get(long position) {
        long[] segment = segments.get((int) (position / SEGMENT));
        if (segment != null) {
            return segment[(int) (position % SEGMENT)];
        }
        long[] one = new long[1];
        read(position, one, 0, 1);
        return one[0];
    }

    /**
     * Copies numbers.
     *
     * @param position of the first
     * @throws UncheckedIOException if the file cannot be read
     */
    void read(long position, long[] target, int offset, int count) {
        int done = 0;
        while (done < count) {
            long from = position + done;
            int within = (int) (from % SEGMENT);
            int part = Math.min(count - done, SEGMENT - within);
            long[] segment = segments.get((int) (from / SEGMENT));
            if (segment == null) {
                readFile(from, target, offset + done, part);
            } else {
                System.arraycopy(segment, within, target, offset + done, part);
            }
            done += part;
        }
    }

    private void beginSegment() {
        int full = segments.size();
        if (full >= mostSegments) {
            try {
                for (int i = file == null ? 0 : full - 1; i < full; i++) {
                    writeSegment(i);
                }
            } catch (IOException e) {
                throw failed("written", e);
            }
        }
        segments.add(new long[SEGMENT]);
    }

    private void writeSegment(int index) throws IOException {
        if (file == null) {
            Path path = Files.createTempFile("tickformer-history-", ".spool");
            file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            transfer = ByteBuffer.allocateDirect(SEGMENT * Long.BYTES);
        }
        transfer.clear();
        transfer.asLongBuffer().put(segments.get(index));
        long position = (long) index * SEGMENT * Long.BYTES;
        while (transfer.hasRemaining()) {
            position += file.write(transfer, position);
        }
        segments.set(index, null);
    }

    private void readFile(long position, long[] target, int offset, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
        try {
            long from = position * Long.BYTES;
            while (bytes.hasRemaining()) {
                int read = file.read(bytes, from + bytes.position());
                if (read < 0) {
                    throw new IOException("the temporary file of the history was truncated");
                }
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
        LongBuffer numbers = bytes.flip().asLongBuffer();
        numbers.get(target, offset, count);
    }

    private UncheckedIOException failed(String what, IOException e) {
        String message =
                ("the temporary file of the history, in %s, cannot be %s at %d MiB: %s; a history"
                                + " that does not fit in memory needs disk space there")
                        .formatted(
                                System.getProperty("java.io.tmpdir"),
                                what,
                                (size * Long.BYTES) >> 20,
                                e.getMessage());
        return new UncheckedIOException(new IOException(message, e));
    }

    @Override
    public void close() {
        segments.clear();
        size = 0;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw failed("closed", e);
            }
        }
    }
}
