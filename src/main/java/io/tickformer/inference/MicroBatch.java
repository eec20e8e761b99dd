package io.tickformer.inference;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;

/**
 * Forecasts of several contexts in one call of the model: add contexts, run, read forecasts, clear.
 *
 * <p>A context is read when it is added: it may change afterwards, and one series may be added at
 * several ticks. Forecasts are brought back to the series' own unit in double precision, {@code q *
 * scale + location}, and the quantile forecasts of a step are sorted (Chernozhukov, Fernández-Val
 * and Galichon 2010, "Quantile and probability curves without crossing": rearranging never worsens
 * them). Where the model's answer is not finite, every step and level repeats the last observed
 * value, and the forecast says so.
 *
 * <p>For one thread. Its memory is off heap and allocated once.
 */
public final class MicroBatch implements AutoCloseable {
    private final ForecastModel model;
    private final GraphRunner runner;
    private final BatchTensors tensors;
    private final int steps;
    private final int[] levels;
    private final double[] levelValues;
    private final Slot[] slots;
    private final float[] quantiles; // H x Q of one slot
    private final float[] mean; // H of one slot
    private int size;
    private boolean ran;

    /** What a forecast needs of its context beside the tensors. */
    private record Slot(
            Frame frame, long headTick, int observedTicks, boolean full, double lastObserved) {}

    MicroBatch(
            ForecastModel model,
            GraphRunner runner,
            BatchTensors tensors,
            int capacity,
            int steps,
            int[] levels) {
        ForecastSpec spec = model.spec();
        this.model = model;
        this.runner = runner;
        this.tensors = tensors;
        this.steps = steps;
        this.levels = levels;
        this.levelValues = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            levelValues[i] = spec.quantileLevels().get(levels[i]);
        }
        this.slots = new Slot[capacity];
        this.quantiles = new float[spec.horizon() * spec.quantileLevels().size()];
        this.mean = new float[spec.horizon()];
    }

    /**
     * Takes in a context as it stands.
     *
     * @return its slot
     * @throws IllegalStateException if the micro-batch is full, or has run and not been cleared
     */
    @CanIgnoreReturnValue
    public int add(SeriesContext context) {
        return add(null, context);
    }

    /**
     * Takes in the context of a series as it stands. An incremental micro-batch computes what is
     * new since the series was added before, and relies on being told by {@link #forget} where
     * anything else has changed.
     *
     * @param series the key it will be known by; null to compute the context for itself alone
     * @return its slot
     * @throws IllegalStateException if the micro-batch is full, or has run and not been cleared
     */
    @CanIgnoreReturnValue
    public int add(String series, SeriesContext context) {
        if (isFull() || ran) {
            throw new IllegalStateException(
                    "a context is added to a micro-batch of %d slots that %s; expected a clear"
                            .formatted(slots.length, ran ? "has run" : "is full"));
        }
        Frame frame = tensors.encode(series, context, size);
        slots[size] =
                new Slot(
                        frame,
                        context.headTick(),
                        context.observedTicks(),
                        context.isFull(),
                        context.lastObserved());
        return size++;
    }

    /**
     * Drops what is kept of a series, whose context has changed otherwise than by new ticks: a late
     * revision, or state that was dropped.
     */
    public void forget(String series) {
        tensors.forget(series);
    }

    /** What is kept of series from one micro-batch to the next, and what came of it. */
    public CacheStatistics cache() {
        return tensors.statistics();
    }

    /** Contexts added since the last clear. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean isFull() {
        return size == slots.length;
    }

    /** Runs the model over the contexts added. */
    public void run() {
        if (size > 0) {
            tensors.run(runner, size);
        }
        ran = true;
    }

    /** The forecast of a slot, once the model ran. */
    public Forecast forecast(int slot, String series) {
        if (!ran || slot >= size) {
            throw new IllegalStateException(
                    "the forecast of slot %d is asked for; %d slots have run"
                            .formatted(slot, ran ? size : 0));
        }
        Slot from = slots[slot];
        tensors.read(slot, quantiles, mean);
        boolean finite = denormalise(quantiles, from.frame()) && denormalise(mean, from.frame());
        if (!finite) {
            Arrays.fill(quantiles, (float) from.lastObserved());
            Arrays.fill(mean, (float) from.lastObserved());
        }
        long tickMillis = model.spec().tickMillis();
        return new Forecast(
                series,
                from.headTick(),
                from.headTick() * tickMillis,
                tickMillis,
                levelValues,
                emittedQuantiles(),
                Arrays.copyOf(mean, steps),
                model.name(),
                model.version(),
                from.observedTicks(),
                quality(finite, from.full()));
    }

    private static boolean denormalise(float[] values, Frame frame) {
        boolean finite = true;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * frame.scale() + frame.location());
            finite &= Float.isFinite(values[i]);
        }
        return finite;
    }

    private float[] emittedQuantiles() {
        int all = model.spec().quantileLevels().size();
        float[] emitted = new float[steps * levels.length];
        for (int step = 0; step < steps; step++) {
            Arrays.sort(quantiles, step * all, (step + 1) * all);
            for (int i = 0; i < levels.length; i++) {
                emitted[step * levels.length + i] = quantiles[step * all + levels[i]];
            }
        }
        return emitted;
    }

    private static ForecastQuality quality(boolean finite, boolean full) {
        if (!finite) {
            return ForecastQuality.FALLBACK;
        }
        return full ? ForecastQuality.OK : ForecastQuality.WARMING_UP;
    }

    /** Forgets the contexts and forecasts. */
    public void clear() {
        tensors.clear();
        size = 0;
        ran = false;
    }

    /** Releases the tensors; the model stays its owner's. */
    @Override
    public void close() {
        tensors.close();
    }
}
