package io.tickformer.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * The binary form of what outlives a release: a byte with the version of the form, and behind it
 * what that version consists of. The version says nothing but that, so a value of any size has the
 * same one.
 *
 * <p>Whoever changes a form adds a reader for the new version behind the others and lets the writer
 * write it. Older versions are then still read.
 *
 * @param <T> what is written and read
 */
public final class BinaryForm<T> {
    /**
     * Writes a value in the newest version.
     *
     * @param <T> what is written
     */
    @FunctionalInterface
    public interface Writer<T> {
        /** Writes a value behind its version. */
        void write(T value, DataOutput out) throws IOException;
    }

    /**
     * Reads a value in one version.
     *
     * @param <T> what is read
     */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads a value behind its version. */
        T read(DataInput in) throws IOException;
    }

    private final String name;
    private final Writer<T> writer;
    private final List<Reader<T>> readers;

    /**
     * A form whose newest version is the number of its readers.
     *
     * @param name of what has the form, for messages: "an open tick"
     * @param readers of version 1, 2 and so on
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // The list is copied from it, and nothing is written into it.
    public BinaryForm(String name, Writer<T> writer, Reader<T>... readers) {
        this.name = Objects.requireNonNull(name, "name");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.readers = List.of(readers);
    }

    /** Writes a value, its version first. */
    public void write(T value, DataOutput out) throws IOException {
        out.writeByte(readers.size());
        writer.write(value, out);
    }

    /**
     * Reads a value of any version so far.
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
