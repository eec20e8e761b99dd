package io.tickformer.event;

import io.tickformer.annotation.Internal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * A versioned binary form, for values that are stored and read by later releases: one byte with the
 * version of the form, then the value in that version.
 *
 * <p>To change a form, append a reader for the new version and let the writer write it. Older
 * versions are still read.
 *
 * @param <T> type of the values
 */
@Internal
public final class BinaryForm<T> {
    /**
     * Writes a value in the newest version.
     *
     * @param <T> type of the values
     */
    @FunctionalInterface
    public interface Writer<T> {
        /** Writes a value, without the version. */
        void write(T value, DataOutput out) throws IOException;
    }

    /**
     * Reads a value in one version.
     *
     * @param <T> type of the values
     */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads a value, without the version. */
        T read(DataInput in) throws IOException;
    }

    private final String name;
    private final Writer<T> writer;
    private final List<Reader<T>> readers;

    /**
     * Makes a form. Its newest version is the number of readers.
     *
     * @param name what messages call a value: "an open tick"
     * @param writer of the newest version
     * @param readers of version 1, 2 and so on
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is copied and never written.
    public BinaryForm(String name, Writer<T> writer, Reader<T>... readers) {
        this.name = Objects.requireNonNull(name, "name");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.readers = List.of(readers);
    }

    /** Writes the version and a value. */
    public void write(T value, DataOutput out) throws IOException {
        out.writeByte(readers.size());
        writer.write(value, out);
    }

    /**
     * Reads a value in any version so far.
     *
     * @throws UnknownFormatException if the version is unknown
     * @throws IOException if the bytes end early
     */
    public T read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version < 1 || version > readers.size()) {
            throw UnknownFormatException.of(name, version, readers.size());
        }
        return readers.get(version - 1).read(in);
    }
}
