package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import java.util.List;
import java.util.function.Consumer;

/**
 * A model's forecasts as the job would issue them. Every series is replayed from its first tick
 * through {@link SeriesContext}, and the context at each cutoff goes through {@link MicroBatch}. A
 * cutoff at a missing tick is forecast as the job forecasts a silent series. There is no forecast
 * if the context has no observed tick. The channels of a multichannel model are replayed together.
 */
@Internal
public final class ModelForecaster implements Forecaster {
    /** Contexts per call of the model: few calls, and little memory. */
    private static final int MICRO_BATCH = 64;

    private final String name;
    private final ForecastModel model;
    private final PointForecast point;
    private final MicroBatch batch;

    /**
     * @param model is closed by its owner
     * @param horizon steps to forecast, at most the model's horizon
     * @throws io.tickformer.inference.runtime.InferenceException if the model forecasts fewer steps
     */
    public ModelForecaster(String name, ForecastModel model, PointForecast point, int horizon) {
        this.name = name;
        this.model = model;
        this.point = point;
        this.batch = model.newMicroBatch(MICRO_BATCH, new ForecastSelection(horizon, List.of()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PointForecast point() {
        return point;
    }

    @Override
    public void forecast(ActualSeries series, Cutoffs cutoffs, Consumer<Forecast> forecasts) {
        replay(new ActualEntity(series.series(), List.of(series)), cutoffs, forecasts);
    }

    @Override
    public void forecast(ActualEntity record, Cutoffs cutoffs, Consumer<Forecast> forecasts) {
        if (model.spec().channels().isEmpty()) {
            Forecaster.super.forecast(record, cutoffs, forecasts);
        } else {
            replay(record, cutoffs, forecasts);
        }
    }

    private void replay(ActualEntity record, Cutoffs cutoffs, Consumer<Forecast> forecasts) {
        SeriesContext context = SeriesContext.of(model.spec());
        double[] values = new double[record.channels().size()];
        long tick = record.firstTick();
        for (int i = 0; i < cutoffs.count(); i++) {
            long cutoff = cutoffs.at(i);
            for (; tick <= cutoff; tick++) {
                if (record.load(tick, values)) {
                    context.update(tick, values);
                }
            }
            context.advanceTo(cutoff);
            if (!context.isEmpty()) {
                batch.add(context);
            }
            if (batch.isFull()) {
                flush(record.key(), forecasts);
            }
        }
        flush(record.key(), forecasts);
    }

    private void flush(String key, Consumer<Forecast> forecasts) {
        batch.run();
        for (int slot = 0; slot < batch.size(); slot++) {
            batch.forecasts(slot, key, forecasts);
        }
        batch.clear();
    }

    @Override
    public void close() {
        batch.close();
    }
}
