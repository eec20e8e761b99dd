package io.tickformer.inference;

import io.tickformer.annotation.Internal;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Computes the forecasts that a job would issue for given ticks: one for every tick that moves the
 * head of its series. If empty ticks have a value, there is also one for every empty tick before it
 * while the series is alive. A tick at or before the head revises the context and issues no
 * forecast, as in the job. If the model mixes channels, a tick is that of a record and gives a
 * forecast of every channel.
 *
 * <p>Contexts are kept between calls, so a history may be fed in parts. Not thread-safe.
 */
@Internal
public final class OfflineForecasts implements AutoCloseable {
    private final ForecastModel model;
    private final MicroBatch batch;
    private final Map<String, SeriesContext> contexts = new HashMap<>();
    private final List<String> waiting = new ArrayList<>();

    /**
     * @param microBatch contexts forecast in one call of the model
     */
    public OfflineForecasts(ForecastModel model, int microBatch, ForecastSelection emitted) {
        this.model = model;
        this.batch = model.newMicroBatch(microBatch, emitted);
    }

    /** Feeds ticks of any number of series and emits their forecasts, in the order of the ticks. */
    public void replay(Iterable<Tick> ticks, Consumer<Forecast> forecasts) {
        for (Tick tick : ticks) {
            SeriesContext context =
                    contexts.computeIfAbsent(
                            tick.series(), series -> SeriesContext.of(model.spec()));
            fill(tick.series(), context, tick.index() - 1, forecasts);
            if (context.update(tick.index(), tick.values()).movedHead()) {
                forecast(tick.series(), context, forecasts);
            }
        }
        flush(forecasts);
    }

    private void fill(
            String series, SeriesContext context, long end, Consumer<Forecast> forecasts) {
        while (context.emptyTick().hasValue() && !context.isEmpty() && context.headTick() < end) {
            context.advanceTo(context.headTick() + 1);
            if (!context.isEmpty()) {
                forecast(series, context, forecasts);
            }
        }
    }

    private void forecast(String series, SeriesContext context, Consumer<Forecast> forecasts) {
        batch.add(context);
        waiting.add(series);
        if (batch.isFull()) {
            flush(forecasts);
        }
    }

    /** Feeds ticks as above and returns their forecasts. */
    public List<Forecast> replay(Iterable<Tick> ticks) {
        List<Forecast> forecasts = new ArrayList<>();
        replay(ticks, forecasts::add);
        return forecasts;
    }

    private void flush(Consumer<Forecast> forecasts) {
        batch.run();
        for (int row = 0; row < waiting.size(); row++) {
            batch.forecasts(row, waiting.get(row), forecasts);
        }
        batch.clear();
        waiting.clear();
    }

    @Override
    public void close() {
        batch.close();
    }
}
