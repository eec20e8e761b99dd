package io.tickformer.forecaster;

import io.tickformer.annotation.Nullable;
import io.tickformer.annotation.Public;
import io.tickformer.event.Anomaly;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TickOutcome;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.inference.SharedModels;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sets the options of a {@link Forecaster}. Every option has a default, which is that of a job.
 *
 * <pre>{@code
 * Forecaster forecaster =
 *         Forecaster.builder(Path.of("model.onnx"))
 *                 .outOfOrderness(Duration.ofMinutes(5))
 *                 .horizon(24)
 *                 .quantileLevels(0.1, 0.5, 0.9)
 *                 .build();
 * }</pre>
 *
 * <p>Mutable and not thread-safe; the forecasters that it builds are thread-safe.
 */
@Public
public final class ForecasterBuilder {
    private final byte[] onnx;
    private SeriesOptions options = SeriesOptions.DEFAULT;
    private ForecastSpec foreign; // null for a file that carries its own spec
    private Duration tick; // null for the model's
    private TickAggregate aggregate; // null for the model's
    private EmptyTickPolicy empty; // null for the model's
    private boolean calibrated = true;
    private boolean mixed = true;
    private Consumer<Anomaly> anomalies; // null for none
    private ExecutionProvider provider = ExecutionProvider.CPU;
    private int horizon;
    private List<Double> levels = List.of();
    private int maxSeries;
    private int lanes = 1;
    private LongSupplier latest = () -> Long.MAX_VALUE;

    ForecasterBuilder(byte[] onnx) {
        this.onnx = onnx;
    }

    /**
     * Gives the spec of a model that was made elsewhere, whose file carries none. See {@link
     * io.tickformer.spec.SpecJson}.
     */
    public ForecasterBuilder spec(ForecastSpec ofForeign) {
        foreign = ofForeign;
        return this;
    }

    /**
     * Sets another length of a tick than the model was trained on. A model that was trained on many
     * kinds of series, such as {@code models/universal.onnx}, suits any length.
     */
    public ForecasterBuilder tick(Duration length) {
        tick = length;
        return this;
    }

    /**
     * Sets how the readings of a tick become its value. The default is the model's; another is
     * refused unless the model was trained on ticks of any meaning.
     */
    public ForecasterBuilder aggregate(TickAggregate other) {
        aggregate = other;
        return this;
    }

    /** Sets what a tick without readings means, on the same conditions as {@link #aggregate}. */
    public ForecasterBuilder emptyTicks(EmptyTickPolicy other) {
        empty = other;
        return this;
    }

    /**
     * Sets by how much the readings of a series may come out of order. A tick ends so much later,
     * and the readings of its last moments are part of its forecast. The default is zero: a tick
     * ends at the first reading after it, and earlier readings that follow revise it.
     */
    public ForecasterBuilder outOfOrderness(Duration time) {
        options = options.withOutOfOrderness(time);
        return this;
    }

    /**
     * Sets how many readings of each channel complete a tick. It is then forecast at once. The
     * default is 0, which means that it is not known.
     */
    public ForecasterBuilder readingsPerTick(int readings) {
        options = options.withReadings(readings);
        return this;
    }

    /**
     * Sets for how many ticks a series that sends nothing is still forecast, once {@link
     * Forecaster#advanceTo} says that they have passed. The default is 0.
     */
    public ForecasterBuilder silentTicks(int ticks) {
        options = options.withSilence(options.expiryTicks(), ticks);
        return this;
    }

    /**
     * Sets after how many ticks without a reading a series is forgotten, once {@link
     * Forecaster#advanceTo} says that they have passed. At least, and by default, as many as the
     * model looks back: its next reading would begin a new context anyway.
     */
    public ForecasterBuilder expiryTicks(int ticks) {
        options = options.withSilence(ticks, options.silentTicks());
        return this;
    }

    /** Sets the number of steps of a forecast, at most and by default those of the model. */
    public ForecasterBuilder horizon(int steps) {
        horizon = steps;
        return this;
    }

    /** Sets the quantile levels of a forecast, ascending: all, or some, of the model's. */
    public ForecasterBuilder quantileLevels(double... some) {
        levels = Arrays.stream(some).boxed().toList();
        return this;
    }

    /**
     * Sets whether quantiles are corrected by where earlier values of the series fell in the
     * forecasts made for them. The default is true.
     */
    public ForecasterBuilder calibrated(boolean on) {
        calibrated = on;
        return this;
    }

    /**
     * Sets whether forecasts are mixed with the last value and the value one season before, as
     * their past errors on the series suggest. If so, simple forecasts also replace those of a call
     * that fails; otherwise the call throws. The default is true.
     */
    public ForecasterBuilder mixed(boolean on) {
        mixed = on;
        return this;
    }

    /**
     * Searches the ticks for anomalies, and takes those that are found: ticks at which unusual
     * events begin, and those that late readings change. By default there is no search. It is
     * called by the threads that push, while they hold the lane of the series, and must not call
     * the forecaster.
     */
    public ForecasterBuilder onAnomaly(Consumer<Anomaly> receiver) {
        anomalies = receiver;
        return this;
    }

    /**
     * Sets whether a forecast is computed from what is new, or from the whole context. The default
     * is the first if the model allows it.
     */
    public ForecasterBuilder mode(EvaluationMode mode) {
        options = options.withCache(mode, options.cacheBytes());
        return this;
    }

    /**
     * Sets the most off-heap memory for what incremental forecasts keep, of all lanes together. The
     * default is 64 MiB. Series beyond it are forecast from the whole context. {@link
     * Forecaster#cache} says how many bytes a series takes.
     */
    public ForecasterBuilder cacheBytes(long bytes) {
        options = options.withCache(options.mode(), bytes);
        return this;
    }

    /** Sets what executes the model. The default is the CPU. */
    public ForecasterBuilder provider(ExecutionProvider other) {
        provider = other;
        return this;
    }

    /**
     * Limits the number of series with state. A reading of a further series throws. The default is
     * 0, no limit.
     */
    public ForecasterBuilder maxSeries(int limit) {
        require(limit >= 0, "maxSeries", limit, "zero or more");
        maxSeries = limit;
        return this;
    }

    /**
     * Sets how many threads may compute at the same time. Series are divided among the lanes by
     * their keys. Forecasts do not depend on it. The default is 1.
     */
    public ForecasterBuilder lanes(int threads) {
        require(threads >= 1, "lanes", threads, "at least 1");
        lanes = threads;
        return this;
    }

    /**
     * Drops readings whose event time is ahead of a clock by more than the given time, such as
     * those of a device that is set to another year. They would end all ticks before them. By
     * default no clock is asked.
     *
     * @param clock such as {@link InstantSource#system()}
     */
    public ForecasterBuilder maxAhead(Duration time, InstantSource clock) {
        require(time != null && !time.isNegative(), "maxAhead", time, "zero or more");
        long millis = time.toMillis();
        latest = () -> clock.millis() + millis;
        return this;
    }

    private static void require(boolean holds, String name, Object given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is %s; expected %s".formatted(name, given, expected));
        }
    }

    /**
     * Opens the model.
     *
     * @throws io.tickformer.inference.runtime.InferenceException if it does not work, or does not
     *     forecast the horizon or the quantile levels
     * @throws io.tickformer.spec.SpecException if it does not take ticks of the aggregate or the
     *     meaning of empty ticks
     * @throws IllegalArgumentException if an option does not fit the model
     */
    public Forecaster build() {
        byte[] onTicks =
                foreign == null && tick != null
                        ? ModelTickRewriter.change(onnx, tick.toMillis())
                        : onnx;
        byte[] file =
                foreign == null ? ModelTickRewriter.change(onTicks, aggregate, empty) : onTicks;
        SeriesOptions ofLane =
                options.withEmitted(new ForecastSelection(horizon, levels))
                        .withFeedback(
                                new FeedbackSettings(
                                        calibrated,
                                        mixed,
                                        anomalies == null
                                                ? null
                                                : FeedbackSettings.DEFAULT.anomalies()))
                        .withCircuitBreaker(mixed)
                        .withCache(options.mode(), options.cacheBytes() / lanes);
        return open(file, foreignOnTicks(), ofLane);
    }

    @Nullable
    private ForecastSpec foreignOnTicks() {
        if (foreign == null) {
            return null;
        }
        ForecastSpec onTicks = tick == null ? foreign : foreign.withTickMillis(tick.toMillis());
        return onTicks.withRequestedTicks(aggregate, empty);
    }

    private Forecaster open(byte[] file, @Nullable ForecastSpec ofForeign, SeriesOptions ofLane) {
        AtomicInteger held = new AtomicInteger();
        List<ForecasterLane> opened = new ArrayList<>();
        // All lanes share the session that this lease opens.
        try (SharedModels.Lease lease = SharedModels.acquire(file, ofForeign, provider)) {
            ForecastSpec spec = lease.model().spec();
            for (int lane = 0; lane < lanes; lane++) {
                SeriesEngine engine =
                        SeriesEngine.open(file, ofForeign, provider, ofLane, listener(spec));
                opened.add(new ForecasterLane(engine, latest, maxSeries, held));
            }
            return new Forecaster(opened, spec, maxSeries, held);
        } catch (RuntimeException | Error e) {
            opened.forEach(ForecasterLane::close);
            throw e;
        }
    }

    private FeedbackListener listener(ForecastSpec spec) {
        return anomalies == null
                ? FeedbackListener.NONE
                : new AnomalyListener(spec.tickMillis(), anomalies);
    }

    /** Hands the anomalies of all series on. */
    private record AnomalyListener(long tickMillis, Consumer<Anomaly> receiver)
            implements FeedbackListener {
        @Override
        public void observed(
                String series, TickOutcome outcome, SeriesFeedback feedback, boolean wasFallback) {
            revised(series, outcome);
        }

        @Override
        public void revised(String series, TickOutcome outcome) {
            Anomalies.reported(series, outcome.anomaly(), tickMillis).ifPresent(receiver);
        }
    }

    /**
     * Opens the model and continues all series that {@link Forecaster#save} has written, by a
     * forecaster of a model with the same ticks. Options and weights may differ.
     *
     * @throws IOException if the state cannot be read
     * @throws io.tickformer.event.UnknownFormatException if it was written by a later release
     * @throws IllegalArgumentException if the ticks of the model are others
     */
    public Forecaster restore(InputStream saved) throws IOException {
        Forecaster forecaster = build();
        try {
            forecaster.restore(saved);
            return forecaster;
        } catch (IOException | RuntimeException | Error e) {
            forecaster.close();
            throw e;
        }
    }
}
