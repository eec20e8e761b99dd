package io.tickformer.inference;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.window.BatchTensors;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Forecasts of several contexts in one call of the model: add contexts, run, read forecasts, clear.
 *
 * <p>A context is read when it is added: it may change afterwards, and one series may be added at
 * several ticks. Forecasts are brought back to the series' own unit in double precision, {@code q *
 * scale + location}, and the quantile forecasts of a step are sorted (Chernozhukov, Fernández-Val
 * and Galichon 2010, "Quantile and probability curves without crossing": rearranging never worsens
 * them). Where the model's answer is not finite, a {@link Fallback} stands in for it, and the
 * forecast says so.
 *
 * <p>For one thread. Its memory is off heap and allocated once.
 */
public final class MicroBatch implements AutoCloseable {
    /** The bits of a float that is not finite, at least, without its sign. */
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    /** The frame of answers that are in the unit of the series already. */
    private static final Frame RAW = new Frame(0, 1);

    private final ForecastModel model;
    private final GraphRunner runner;
    private final BatchTensors tensors;
    private final int steps;
    private final int[] levels;
    private final double[] levelValues;
    private final Fallback fallback;
    private final boolean raw;
    private final Slot[] slots;
    private final Channels channels;
    private final float[] answeredQuantiles; // C H x Q of one slot, in the frames
    private final float[] answeredMean; // C H of one slot, in the frames
    private final double[] quantiles; // H x Q of one channel
    private final double[] mean; // H of one channel
    private int size;
    private boolean ran;

    /** What the forecasts of a slot need of its context beside the tensors. */
    private record Slot(long headTick, boolean full, List<Channel> channels) {}

    /** What the forecast of a channel needs of it. */
    private record Channel(Frame frame, int observedTicks, double lastObserved) {
        static Channel of(SeriesContext context, int channel, Frame frame) {
            double last = context.lastObserved(channel);
            return new Channel(
                    frame,
                    context.observedTicks(channel),
                    Double.isNaN(last) ? frame.location() : last);
        }
    }

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
        this.fallback =
                new Fallback(
                        spec.quantileLevels().stream().mapToDouble(Double::doubleValue).toArray());
        this.raw = tensors.answersRaw();
        this.slots = new Slot[capacity];
        this.channels = Channels.of(spec);
        this.answeredQuantiles = new float[spec.outputSteps() * spec.quantileLevels().size()];
        this.answeredMean = new float[spec.outputSteps()];
        this.quantiles = new double[spec.horizon() * spec.quantileLevels().size()];
        this.mean = new double[spec.horizon()];
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
        List<Frame> frames = tensors.encode(series, context, size);
        List<Channel> ofChannels = new ArrayList<>(frames.size());
        for (int channel = 0; channel < frames.size(); channel++) {
            ofChannels.add(Channel.of(context, channel, frames.get(channel)));
        }
        slots[size] =
                new Slot(
                        context.headTick(),
                        context.spans(model.spec().contextLength()),
                        ofChannels);
        return size++;
    }

    /**
     * Drops what is kept of a series, whose context has changed otherwise than by new ticks: a late
     * revision.
     */
    public void forget(String series) {
        tensors.forget(series);
    }

    /** Drops what is kept of a series whose state was dropped, and makes room for another. */
    public void release(String series) {
        tensors.release(series);
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

    /**
     * Hands on the forecasts of a slot, once the model ran: that of the series, or of a model that
     * mixes channels one of each channel, {@code KEY/channel}. A channel without a frame, which no
     * tick that frames look back to has observed, has no unit and no forecast.
     *
     * @param key of the record, which is the series where there are no channels
     */
    public void forecasts(int slot, String key, Consumer<Forecast> out) {
        Slot from = read(slot);
        for (int channel = 0; channel < from.channels().size(); channel++) {
            if (from.channels().get(channel).frame().isKnown()) {
                out.accept(forecast(from, channel, channels.seriesOf(key, channel)));
            }
        }
    }

    /** The forecast of a slot, once the model ran; of several channels, that of the first. */
    public Forecast forecast(int slot, String series) {
        return forecast(read(slot), 0, series);
    }

    private Slot read(int slot) {
        if (!ran || slot >= size) {
            throw new IllegalStateException(
                    "the forecast of slot %d is asked for; %d slots have run"
                            .formatted(slot, ran ? size : 0));
        }
        tensors.read(slot, answeredQuantiles, answeredMean);
        return slots[slot];
    }

    private Forecast forecast(Slot slot, int channel, String series) {
        Channel from = slot.channels().get(channel);
        Frame unit = raw ? RAW : from.frame();
        boolean finite =
                denormalise(answeredQuantiles, channel * quantiles.length, unit, quantiles)
                        && denormalise(answeredMean, channel * mean.length, unit, mean);
        if (!finite) {
            fallback.write(from.lastObserved(), from.frame().scale(), quantiles, mean);
        }
        long tickMillis = model.spec().tickMillis();
        return new Forecast(
                series,
                slot.headTick(),
                slot.headTick() * tickMillis,
                tickMillis,
                levelValues,
                emittedQuantiles(),
                Arrays.copyOf(mean, steps),
                model.name(),
                model.version(),
                from.observedTicks(),
                quality(finite, slot.full()));
    }

    /** By insertion: quantile forecasts are few and seldom cross. */
    private static void sort(double[] values, int from, int end) {
        for (int i = from + 1; i < end; i++) {
            double value = values[i];
            int place = i;
            while (place > from && values[place - 1] > value) {
                values[place] = values[place - 1];
                place--;
            }
            values[place] = value;
        }
    }

    /**
     * Brings answers back to the unit of the series.
     *
     * @return whether all are finite numbers
     */
    private static boolean denormalise(float[] answers, int from, Frame frame, double[] target) {
        double scale = frame.scale();
        double location = frame.location();
        int largest = 0;
        for (int i = 0; i < target.length; i++) {
            float answer = answers[from + i];
            target[i] = answer * scale + location;
            // Without their sign, floats are in the order of their bits, and NaN comes last.
            largest = Math.max(largest, Float.floatToRawIntBits(answer) & Integer.MAX_VALUE);
        }
        return largest < INFINITY;
    }

    /** The levels asked for, of the steps asked for. */
    private double[] emittedQuantiles() {
        int all = quantiles.length / mean.length;
        double[] emitted = new double[steps * levels.length];
        for (int step = 0; step < steps; step++) {
            int from = step * all;
            sort(quantiles, from, from + all);
            for (int i = 0; i < levels.length; i++) {
                emitted[step * levels.length + i] = quantiles[from + levels[i]];
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
