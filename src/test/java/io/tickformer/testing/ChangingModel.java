package io.tickformer.testing;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a job must issue that goes on with other models from its contexts, by inference alone. */
public final class ChangingModel implements AutoCloseable {
    private final Map<String, SeriesContext> contexts = new TreeMap<>();
    private ForecastModel model;
    private MicroBatch batch;

    /** Begins with a model and no contexts. */
    public ChangingModel(byte[] onnx) {
        open(onnx);
    }

    private void open(byte[] onnx) {
        model = ForecastModel.open(onnx, ExecutionProvider.CPU);
        batch = model.newMicroBatch(1, ForecastSelection.ALL);
    }

    /** The forecasts of ticks, one for each that moves its series' head. */
    public List<Forecast> forecasts(List<Tick> ticks) {
        List<Forecast> forecasts = new ArrayList<>();
        for (Tick tick : ticks) {
            SeriesContext context =
                    contexts.computeIfAbsent(
                            tick.series(), series -> SeriesContext.of(model.spec()));
            if (context.update(tick.index(), tick.values()).movedHead()) {
                batch.add(context);
                batch.run();
                batch.forecasts(0, tick.series(), forecasts::add);
                batch.clear();
            }
        }
        return forecasts;
    }

    /** Goes on with another model from the contexts as they stand. */
    public void goOnWith(byte[] onnx) {
        close();
        open(onnx);
        ForecastSpec spec = model.spec();
        contexts.replaceAll((series, context) -> context.withRing(spec.ringTicks()));
    }

    @Override
    public void close() {
        batch.close();
        model.close();
    }
}
