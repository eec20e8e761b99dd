package io.tickformer.benchmark.peers;

import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.TokenEncoder;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.ForecastSpec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The context of every series, and what the exported model reads of the one that a tick has moved:
 * the same encoding as Tickformer's own, into buffers off heap that are used again. The contexts lie
 * in a map and not in Flink's state, which costs less than what Tickformer does.
 */
final class WindowInputs {
    private final ForecastSpec spec;
    private final TokenEncoder encoder;
    private final Map<String, SeriesContext> contexts = new HashMap<>();
    private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    WindowInputs(ForecastSpec spec) {
        this.spec = spec;
        this.encoder = new TokenEncoder(spec);
        add("values", 1, spec.tokens(), spec.tokenValues());
        add("observed", 1, spec.tokens(), spec.tokenValues());
        add("features", 1, spec.tokens(), spec.tokenFeatures());
        add("present", 1, spec.tokens());
    }

    private void add(String name, long... shape) {
        long size = 1;
        for (long dimension : shape) {
            size *= dimension;
        }
        buffers.put(
                name,
                ByteBuffer.allocateDirect((int) size * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer());
        shapes.put(name, shape);
    }

    /** Takes a tick and encodes its series' context; gives the frame that the answer is in. */
    Frame encode(TickPiece tick) {
        SeriesContext context =
                contexts.computeIfAbsent(
                        tick.series(),
                        any -> SeriesContext.of(spec));
        context.update(tick.index(), tick.gathered().values(TickAggregate.MEAN));
        buffers.values().forEach(FloatBuffer::rewind);
        Frame frame =
                encoder.encode(
                                context,
                                buffers.get("values"),
                                buffers.get("observed"),
                                buffers.get("features"),
                                buffers.get("present"))
                        .get(0);
        buffers.values().forEach(FloatBuffer::rewind);
        return frame;
    }

    /** The inputs by name, as encoded last. */
    Map<String, FloatBuffer> buffers() {
        return buffers;
    }

    long[] shape(String name) {
        return shapes.get(name);
    }
}
