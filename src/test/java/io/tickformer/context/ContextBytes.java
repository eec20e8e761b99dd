package io.tickformer.context;

import io.tickformer.event.EmptyTick;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Contexts to bytes and back, and two contexts compared by all they hold. */
final class ContextBytes {
    private ContextBytes() {}

    static byte[] of(SeriesContext context) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            context.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static SeriesContext read(byte[] bytes, int ringTicks) throws IOException {
        return read(bytes, ringTicks, 1);
    }

    static SeriesContext read(byte[] bytes, int ringTicks, int channels) throws IOException {
        return read(bytes, ringTicks, channels, EmptyTick.MISSING);
    }

    static SeriesContext read(byte[] bytes, int ringTicks, int channels, EmptyTick emptyTick)
            throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            SeriesContext context = SeriesContext.readFrom(in, ringTicks, channels, emptyTick);
            if (in.read() >= 0) {
                throw new IOException("bytes are left over");
            }
            return context;
        }
    }
}
