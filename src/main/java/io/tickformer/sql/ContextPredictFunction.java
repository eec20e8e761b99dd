package io.tickformer.sql;

import io.tickformer.annotation.Internal;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.OnnxRuntimeUnloader;
import io.tickformer.inference.SharedModels;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.PredictFunction;

/**
 * Forecasts what follows an array of ticks. Each call evaluates the whole context, and no state is
 * kept. The newest ticks are used, as many as the model reads; a NULL, NaN or infinite element is a
 * missing tick. Without a single value all columns are NULL.
 *
 * <p>Public because code that Flink generates calls it.
 */
@Internal
public final class ContextPredictFunction extends PredictFunction {
    private static final long serialVersionUID = 1L;

    private final byte[] onnx;
    private final ContextColumns input;
    private final List<PredictedColumn> output;
    private final EmittedLevels levels;
    private final int horizon;
    private transient ArrayData.ElementGetter elements;
    private transient SharedModels.Lease lease;
    private transient MicroBatch batch;

    ContextPredictFunction(
            byte[] onnx,
            ContextColumns input,
            List<PredictedColumn> output,
            EmittedLevels levels,
            int horizon) {
        this.onnx = onnx;
        this.input = input;
        this.output = List.copyOf(output);
        this.levels = levels;
        this.horizon = horizon;
    }

    @Override
    public void open(FunctionContext context) {
        elements = ArrayData.createElementGetter(input.element());
        lease = SharedModels.acquire(onnx, null, ExecutionProvider.CPU);
        batch = lease.model().newMicroBatch(1, levels.selection(horizon));
    }

    @Override
    public Collection<RowData> predict(RowData row) {
        SeriesContext context = context(input.values(row, elements), input.timeMillis(row));
        GenericRowData predicted = new GenericRowData(output.size());
        if (!context.isEmpty()) {
            Forecast forecast = forecast(context);
            for (int i = 0; i < output.size(); i++) {
                predicted.setField(i, output.get(i).of(forecast, levels));
            }
        }
        return List.of(predicted);
    }

    private SeriesContext context(double[] values, long timeMillis) {
        ForecastSpec spec = lease.model().spec();
        SeriesContext context = SeriesContext.of(spec);
        long head = Tick.indexOf(timeMillis, spec.tickMillis());
        for (int i = Math.max(0, values.length - spec.ringTicks()); i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                context.update(head - values.length + 1 + i, values[i]);
            }
        }
        context.advanceTo(head);
        return context;
    }

    private Forecast forecast(SeriesContext context) {
        try {
            batch.add(context);
            batch.run();
            return batch.forecast(0, "");
        } finally {
            batch.clear();
        }
    }

    @Override
    public void close() {
        if (batch != null) {
            batch.close();
        }
        if (lease != null) {
            lease.close();
            OnnxRuntimeUnloader.release();
        }
    }
}
