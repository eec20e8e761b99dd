package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.forecaster.OpenTicks;
import io.tickformer.forecaster.SeriesStore;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** The contexts and open ticks of the series in keyed state: those of Flink's current key. */
final class KeyedSeriesStore implements SeriesStore {
    /** Name of the state that holds the open ticks. */
    private static final String OPEN = "open";

    private final SeriesContexts contexts;
    private final ValueState<OpenTicks> opens;

    KeyedSeriesStore(KeyedStateStore states, ForecastSpec spec) {
        this.contexts = new SeriesContexts(states, spec);
        this.opens =
                states.getState(new ValueStateDescriptor<>(OPEN, OpenTicksSerializer.INSTANCE));
    }

    @Override
    public SeriesContext context() {
        return contexts.value();
    }

    @Override
    public void putContext(SeriesContext context) {
        contexts.update(context);
    }

    @Override
    public OpenTicks openTicks() {
        try {
            return opens.value();
        } catch (IOException e) {
            throw inaccessible(e);
        }
    }

    @Override
    public void putOpenTicks(OpenTicks open) {
        try {
            opens.update(open);
        } catch (IOException e) {
            throw inaccessible(e);
        }
    }

    private static UncheckedIOException inaccessible(IOException cause) {
        return new UncheckedIOException("the open ticks of a series cannot be accessed", cause);
    }

    @Override
    public void clearOpenTicks() {
        opens.clear();
    }

    @Override
    public void clear() {
        contexts.clear();
        opens.clear();
    }
}
