package io.tickformer.inference;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.annotation.Public;
import io.tickformer.context.Frame;
import io.tickformer.context.NewestFrames;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.window.BatchEvaluator;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.spec.Channels;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * Forecasts of several contexts in one call of the model: add contexts as rows, run, read
 * forecasts, clear.
 *
 * <p>A context is read when it is added. It may change afterwards, and one series may be added at
 * several ticks.
 *
 * <p>If a call fails, the caller may {@linkplain #giveUp give up} the rows. Their forecasts are
 * then those of answers that are not finite, and the micro-batch can be used again.
 *
 * <p>Not thread-safe. Its off-heap memory is allocated once.
 */
@Public
public final class MicroBatch implements AutoCloseable {
    private final BatchEvaluator evaluator;
    private final AnswerDecoder reader;
    private final int contextLength;
    private final Channels channels;
    private final NewestFrames frames;
    private final BatchRow[] rows;
    private int size;
    private boolean ran;
    private boolean isGivenUp;

    /**
     * @param evaluator with room for {@code capacity} rows; closed with this
     * @param steps horizon steps that a forecast has
     * @param levels positions of its quantile levels among those of the model
     */
    MicroBatch(
            ForecastModel model, BatchEvaluator evaluator, int capacity, int steps, int[] levels) {
        this.evaluator = evaluator;
        this.reader = new AnswerDecoder(model, evaluator, steps, levels);
        this.contextLength = model.spec().contextLength();
        this.channels = Channels.of(model.spec());
        this.frames = new NewestFrames(model.spec());
        this.rows = new BatchRow[capacity];
    }

    /**
     * Adds a context, to be computed as a whole.
     *
     * @return its row
     * @throws IllegalStateException if the micro-batch is full, or has run and was not cleared
     */
    @CanIgnoreReturnValue
    public int add(SeriesContext context) {
        return add(null, context);
    }

    /**
     * Adds the context of a series. An incremental micro-batch computes the ticks since the series
     * was added before; {@link #forget} must tell it if an earlier tick has changed.
     *
     * @param series the key of its cache entry; null to compute the context as a whole
     * @return its row
     * @throws IllegalStateException if the micro-batch is full, or has run and was not cleared
     * @throws io.tickformer.inference.runtime.InferenceException if earlier rows must be computed
     *     first, and the model fails. The context is not added
     */
    @CanIgnoreReturnValue
    public int add(String series, SeriesContext context) {
        if (isFull() || ran) {
            throw new IllegalStateException(
                    "a context is added to a micro-batch of %d rows that %s; expected a clear"
                            .formatted(rows.length, ran ? "has run" : "is full"));
        }
        List<Frame> heads = isGivenUp ? frames.of(context) : evaluator.add(series, context);
        rows[size] = BatchRow.of(context, heads, contextLength);
        return size++;
    }

    /** Drops what the cache holds of a series, because a late revision has changed its context. */
    public void forget(String series) {
        evaluator.forget(series);
    }

    /** Drops what the cache holds of a series whose state was dropped, and frees its entry. */
    public void release(String series) {
        evaluator.release(series);
    }

    /** The state of the cache of an incremental micro-batch. */
    public CacheStatistics cache() {
        return evaluator.statistics();
    }

    /** Contexts added since the last clear. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean isFull() {
        return size == rows.length;
    }

    /**
     * Gives up the rows until the next {@link #clear}: those added, whether they have run or not,
     * and those that are still to be added. The model is not called for them, and their forecasts
     * are of quality {@code FALLBACK}. Drops all that the cache holds.
     */
    public void giveUp() {
        evaluator.discard();
        isGivenUp = true;
    }

    /** Whether the rows are given up. */
    public boolean isGivenUp() {
        return isGivenUp;
    }

    /** Runs the model over the contexts added, unless they are given up. */
    public void run() {
        if (size > 0 && !isGivenUp) {
            evaluator.run();
        }
        ran = true;
    }

    /**
     * Emits the forecasts of a row that has run: one of the series, or, if the model mixes
     * channels, one per channel with the key {@code KEY/channel}. A channel without a frame has no
     * observed tick as far back as frames look, and so no unit and no forecast.
     *
     * @param key the key of the record, which is the series key if there are no channels
     */
    public void forecasts(int row, String key, Consumer<Forecast> out) {
        byChannel(row, key, (forecast, channel) -> out.accept(forecast));
    }

    /** Emits the forecasts of a row as above, each with the number of its channel. */
    public void byChannel(int row, String key, ObjIntConsumer<Forecast> out) {
        BatchRow from = load(row);
        for (int channel = 0; channel < from.channels().size(); channel++) {
            if (from.channels().get(channel).frame().isKnown()) {
                out.accept(
                        reader.forecast(from, channel, channels.seriesOf(key, channel)), channel);
            }
        }
    }

    /** Returns the forecast of a row that has run; of several channels, that of the first. */
    public Forecast forecast(int row, String series) {
        return reader.forecast(load(row), 0, series);
    }

    private BatchRow load(int row) {
        if (!ran || row >= size) {
            throw new IllegalStateException(
                    "the forecast of row %d is asked for; %d rows have run"
                            .formatted(row, ran ? size : 0));
        }
        if (isGivenUp) {
            reader.loadNone();
        } else {
            reader.load(row);
        }
        return rows[row];
    }

    /** Removes all rows. */
    public void clear() {
        evaluator.clear();
        size = 0;
        ran = false;
        isGivenUp = false;
    }

    /** Releases the tensors, not the model. */
    @Override
    public void close() {
        evaluator.close();
    }
}
