package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.context.ContextBlock;
import io.tickformer.context.ContextHead;
import io.tickformer.context.ContextStore;
import io.tickformer.context.SeriesContext;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.forecaster.RecordFeedback;
import io.tickformer.spec.ForecastSpec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The size in state and checkpoints of a series, or of a record with channels: its context, and the
 * feedback on its forecasts.
 */
@Internal
public final class ContextStateBytes {
    private ContextStateBytes() {}

    /** Bytes of a context with a full ring, head and blocks: hardly any context is larger. */
    public static long ofFull(ForecastSpec spec) {
        SeriesContext context = SeriesContext.of(spec);
        double[] values = new double[context.channels()];
        for (int tick = 0; tick < context.ringTicks(); tick++) {
            Arrays.fill(values, tick);
            context.update(tick, values);
        }
        try (CountingStore store = new CountingStore()) {
            context.writeTo(store);
            return store.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of context and feedback, as {@link #ofFull} and with the given settings. */
    public static long ofSeries(ForecastSpec spec, ForecastOperatorSettings settings) {
        return ofFull(spec) + ofFeedback(spec, settings);
    }

    /** Bytes of the feedback; 0 if no part of it is on. They do not grow with the ticks. */
    private static long ofFeedback(ForecastSpec spec, ForecastOperatorSettings settings) {
        if (!settings.feedback().keepsState()) {
            return 0;
        }
        return (long) spec.channelCount()
                * SeriesFeedback.of(
                                settings.feedback().parts(),
                                RecordFeedback.shape(spec, settings.engine().emitted()))
                        .bytes();
    }

    /** Counts the bytes that a new context writes and stores nothing. */
    private static final class CountingStore implements ContextStore, AutoCloseable {
        private final DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream());

        int bytes() {
            return out.size();
        }

        @Override
        public ContextHead head() {
            return null;
        }

        @Override
        public ContextBlock block(long number) {
            return null;
        }

        @Override
        public Iterable<Map.Entry<Long, ContextBlock>> blocks() {
            return List.of();
        }

        @Override
        public void putHead(ContextHead head) {
            try {
                head.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void putBlock(long number, ContextBlock block) {
            try {
                out.writeLong(number);
                block.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void removeBlock(long number) {
            // Nothing is stored.
        }

        @Override
        public void clearBlocks() {
            // Nothing is stored.
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
