package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.context.ContextChange;
import io.tickformer.context.MemoryStore;
import io.tickformer.context.RunningFrame;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.incremental.KeyValueMemory;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.model.CacheLayout;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The series of a stream, forecast in full and incrementally side by side. Every forecast of the
 * one is held to that of the other.
 */
public final class SideBySide implements AutoCloseable {
    /** Of the largest answer, or of the scale of the series where that is larger. */
    static final double TOLERANCE = 1e-5;

    private final ForecastModel model;
    private final int capacity;
    private final MicroBatch full;
    private final Map<String, SeriesContext> contexts = new LinkedHashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private MicroBatch incremental;
    private double largestDifference;

    /** A forecast to come, and the scale of each channel that has one. */
    private record Waiting(String series, List<Double> scales) {}

    SideBySide(ForecastModel model, int capacity, int entries) {
        this.model = model;
        this.capacity = capacity;
        this.full = model.newMicroBatch(capacity, ForecastSelection.ALL);
        this.incremental = incremental(entries);
    }

    private MicroBatch incremental(int entries) {
        return model.newIncrementalMicroBatch(
                capacity, ForecastSelection.ALL, roomFor(model.spec(), entries));
    }

    /** A cache of so many entries, in memory that holds no numbers when it is given. */
    public static CacheOptions roomFor(ForecastSpec spec, int entries) {
        long bytes =
                entries
                        * KeyValueMemory.seriesBytes(
                                CacheLayout.of(spec), spec.network().patchLength());
        return new CacheOptions(bytes, SideBySide::notANumber);
    }

    private static ByteBuffer notANumber(int bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        for (int i = 0; i < bytes; i += Float.BYTES) {
            buffer.putFloat(i, Float.NaN);
        }
        return buffer;
    }

    private SeriesContext context(String series) {
        return contexts.computeIfAbsent(series, key -> SeriesContext.of(model.spec()));
    }

    /** A series goes on from a context that it has already. */
    void adopt(String series, SeriesContext context) {
        contexts.put(series, context);
    }

    /** A tick comes, in time or late, and is forecast from. */
    void observe(String series, long tick, double... values) {
        if (context(series).update(tick, values) == ContextChange.REVISED) {
            incremental.forget(series);
        }
        forecast(series);
    }

    /** A tick comes late and is not forecast from, as the series has more recent ones. */
    void revise(String series, long tick, double... values) {
        context(series).update(tick, values);
        incremental.forget(series);
    }

    /** A tick without a value is forecast from, unless it empties the context. */
    void passOver(String series, long tick) {
        context(series).advanceTo(tick);
        if (!context(series).isEmpty()) {
            forecast(series);
        }
    }

    private void forecast(String series) {
        if (full.isFull()) {
            compare();
        }
        SeriesContext context = context(series);
        full.add(context);
        incremental.add(series, context);
        waiting.add(new Waiting(series, scales(context)));
    }

    private List<Double> scales(SeriesContext context) {
        Normalisation normalisation = model.spec().normalisation();
        long head = context.headTick();
        List<Double> scales = new ArrayList<>();
        for (int of = 0; of < context.channels(); of++) {
            int channel = of;
            RunningFrame frame = new RunningFrame(normalisation);
            frame.replay(
                    tick -> context.valueAt(tick, channel),
                    RunningFrame.start(head, normalisation.blockTicks()),
                    head);
            if (frame.scale() > 0) {
                scales.add(frame.scale());
            }
        }
        return scales;
    }

    /** Runs both and compares what waits. */
    void compare() {
        full.run();
        incremental.run();
        for (int slot = 0; slot < waiting.size(); slot++) {
            List<Forecast> expected = new ArrayList<>();
            List<Forecast> actual = new ArrayList<>();
            full.forecasts(slot, waiting.get(slot).series(), expected::add);
            incremental.forecasts(slot, waiting.get(slot).series(), actual::add);
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                compare(expected.get(i), actual.get(i), waiting.get(slot).scales().get(i));
            }
        }
        waiting.clear();
        full.clear();
        incremental.clear();
    }

    private void compare(Forecast expected, Forecast actual, double scale) {
        assertThat(actual.series()).isEqualTo(expected.series());
        assertThat(actual.tickIndex()).isEqualTo(expected.tickIndex());
        assertThat(actual.quality()).isEqualTo(expected.quality());
        assertThat(actual.observedTicks()).isEqualTo(expected.observedTicks());
        ExtremeValuesPropertyTest.assertSound(actual);
        double difference =
                Math.max(
                        difference(actual.quantiles(), expected.quantiles(), scale),
                        difference(actual.mean(), expected.mean(), scale));
        assertThat(difference)
                .as("difference at tick %d of %s", expected.tickIndex(), expected.series())
                .isLessThan(TOLERANCE);
        largestDifference = Math.max(largestDifference, difference);
    }

    private static double difference(double[] actual, double[] expected, double scale) {
        double largest = scale;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
        }
        return difference / largest;
    }

    /** Goes on in a new micro-batch from what a checkpoint holds of the series. */
    void restore(int entries) {
        compare();
        incremental.close();
        incremental = incremental(entries);
        contexts.replaceAll((series, context) -> throughBytes(context));
    }

    private static SeriesContext throughBytes(SeriesContext context) {
        MemoryStore store = new MemoryStore();
        context.copy().writeTo(store);
        return SeriesContext.open(store, context.ringTicks(), context.emptyTick()).orElseThrow();
    }

    /** The largest difference so far, relative as the tolerance. */
    double largestDifference() {
        return largestDifference;
    }

    /** What the incremental micro-batch tells of its cache. */
    CacheStatistics cache() {
        return incremental.cache();
    }

    @Override
    public void close() {
        full.close();
        incremental.close();
    }
}
