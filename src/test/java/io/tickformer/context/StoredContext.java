package io.tickformer.context;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Contexts to bytes and back, and two contexts compared by all that their rings hold. */
final class StoredContext {
    private StoredContext() {}

    /** Where a context stands, and the values and weights of its ring. */
    static byte[] of(SeriesContext context) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(context.ringTicks());
            out.writeInt(context.channels());
            out.writeInt(context.observedTicks());
            if (!context.isEmpty()) {
                write(context, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(SeriesContext context, DataOutputStream out) throws IOException {
        out.writeLong(context.headTick());
        out.writeLong(context.firstTick());
        out.writeLong(context.lastObservedTick());
        for (int channel = 0; channel < context.channels(); channel++) {
            out.writeInt(context.observedTicks(channel));
            out.writeDouble(context.lastObserved(channel));
            for (long tick = context.headTick();
                    tick > context.headTick() - context.ringTicks();
                    tick--) {
                out.writeDouble(context.valueAt(tick, channel));
                out.writeShort(context.weightAt(tick, channel));
            }
        }
    }

    /** The context as it comes back from its bytes, none of which it has read yet. */
    static SeriesContext reopened(SeriesContext context) {
        MemoryStore store = new MemoryStore();
        context.copy().writeTo(store);
        return SeriesContext.open(store, context.ringTicks(), context.emptyTick()).orElseThrow();
    }
}
