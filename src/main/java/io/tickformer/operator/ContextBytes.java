package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.spec.ForecastSpec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The size of what a job keeps and checkpoints of a series, or of a record with channels. */
public final class ContextBytes {
    private ContextBytes() {}

    /** Bytes of a context whose ring is full, which none exceeds. */
    public static long ofFull(ForecastSpec spec) {
        SeriesContext context = SeriesContext.of(spec);
        double[] values = new double[context.channels()];
        for (int tick = 0; tick < spec.ringTicks(); tick++) {
            Arrays.fill(values, tick);
            context.update(tick, values);
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(written)) {
            context.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.size();
    }
}
