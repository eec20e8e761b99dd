package io.tickformer.sql;

import io.tickformer.annotation.Public;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.Forecast;
import io.tickformer.event.TickAggregate;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.forecaster.FeedbackListener;
import io.tickformer.forecaster.SeriesOptions;
import io.tickformer.spec.ForecastSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.ColumnList;

/**
 * The process table function {@code TICKFORMER_FORECAST}: forecasts each series of a table at each
 * tick.
 *
 * <pre>{@code
 * CREATE FUNCTION TICKFORMER_FORECAST AS 'io.tickformer.sql.TickformerForecast'
 *   USING JAR 'file:///opt/tickformer/tickformer-job.jar';
 *
 * SELECT * FROM TICKFORMER_FORECAST(
 *   input => TABLE meters PARTITION BY meter_id,
 *   on_time => DESCRIPTOR(ts),
 *   target => DESCRIPTOR(kw),
 *   model => '/opt/tickformer/models/meters.onnx');
 * }</pre>
 *
 * <p>{@code docs/sql/README.md} lists arguments and columns. Forecasts equal those of the job for
 * the same readings and watermarks.
 */
@Public
public final class TickformerForecast extends ProcessTableFunction<RowData>
        implements SpecializedFunction {
    private static final long serialVersionUID = 1L;

    private static final FunctionSignature SIGNATURE =
            new FunctionSignature()
                    .with(CallArguments.HORIZON, DataTypes.INT())
                    .with(CallArguments.TICK, DataTypes.INTERVAL(DataTypes.SECOND(3)))
                    .with(CallArguments.CONFIDENCE, DataTypes.DECIMAL(38, 18))
                    .with(CallArguments.QUANTILE_LEVELS, DataTypes.STRING())
                    .with(CallArguments.MIN_CONTEXT_SIZE, DataTypes.INT())
                    .with(CallArguments.OUTPUT, DataTypes.STRING())
                    .with(CallArguments.AGGREGATE, DataTypes.STRING())
                    .with(CallArguments.EMPTY_TICKS, DataTypes.STRING())
                    .with(CallArguments.CALIBRATE, DataTypes.BOOLEAN())
                    .with(CallArguments.OUT_OF_ORDERNESS, DataTypes.INTERVAL(DataTypes.SECOND(3)))
                    .with(CallArguments.CACHE_MEMORY, DataTypes.STRING());

    private final SeriesSettings settings; // null before the call is known
    private final ForecastRows rows;
    private final int minContextSize;
    private transient TableSeries series;

    /** A function that is not called yet; Flink makes it. */
    public TickformerForecast() {
        this(null, null, 0);
    }

    private TickformerForecast(SeriesSettings settings, ForecastRows rows, int minContextSize) {
        this.settings = settings;
        this.rows = rows;
        this.minContextSize = minContextSize;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return SIGNATURE.types(settings != null, TickformerForecast::outputType);
    }

    private static DataType outputType(CallArguments call) {
        TickformerForecast function = of(call);
        return function.rows.type(FunctionSignature.timeType(call));
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return of(new CallArguments(SIGNATURE.arguments(), context.getCallContext()));
    }

    private static TickformerForecast of(CallArguments call) {
        SqlModel model =
                SqlModel.read(
                        call.text(CallArguments.MODEL),
                        new SqlModel.Ticks(
                                call.duration(CallArguments.TICK),
                                call.word(CallArguments.AGGREGATE, TickAggregate.class),
                                call.word(CallArguments.EMPTY_TICKS, EmptyTickPolicy.class)));
        ForecastSpec spec = model.spec();
        int horizon = call.number(CallArguments.HORIZON, spec.horizon(), 1);
        if (horizon > spec.horizon()) {
            throw SqlArgumentException.of(
                    CallArguments.HORIZON,
                    horizon,
                    "at most %d, the steps that the model forecasts".formatted(spec.horizon()));
        }
        OutputForm output = call.word(CallArguments.OUTPUT, OutputForm.class);
        OutputForm form = output == null ? OutputForm.STEPS : output;
        List<Double> asked = call.numbers(CallArguments.QUANTILE_LEVELS);
        EmittedLevels levels =
                EmittedLevels.of(
                        spec,
                        call.number(CallArguments.CONFIDENCE),
                        asked.isEmpty() && form == OutputForm.ARRAYS
                                ? spec.quantileLevels()
                                : asked);
        boolean isCalibrated = call.flag(CallArguments.CALIBRATE, true);
        SeriesSettings series =
                new SeriesSettings(
                        model.onnx(),
                        call.columnTypes(),
                        call.partition(),
                        call.targets(spec.channels()),
                        levels.selection(horizon),
                        isCalibrated
                                ? FeedbackSettings.DEFAULT.withAnomalies(null)
                                : FeedbackSettings.NONE,
                        call.outOfOrderness(),
                        call.bytes(CallArguments.CACHE_MEMORY, SeriesOptions.DEFAULT_CACHE_BYTES));
        return new TickformerForecast(
                series,
                new ForecastRows(form, levels, !spec.channels().isEmpty()),
                call.number(CallArguments.MIN_CONTEXT_SIZE, 0, 0));
    }

    @Override
    public void open(FunctionContext context) {
        series = TableSeries.open(settings, FeedbackListener.NONE, context.getMetricGroup());
    }

    /** Takes a row. The constants of the call are known already, and not read. */
    public void eval(
            Context context,
            MapView<String, byte[]> state,
            RowData input,
            ColumnList target,
            String model,
            Integer horizon,
            Duration tick,
            BigDecimal confidence,
            String quantileLevels,
            Integer contextSize,
            String output,
            String aggregate,
            String emptyTicks,
            Boolean calibrate,
            Duration outOfOrderness,
            String cacheMemory)
            throws Exception {
        emit(series.row(context, state, input));
    }

    /** A timer of a series has fired. */
    public void onTimer(OnTimerContext context, MapView<String, byte[]> state) throws Exception {
        emit(series.timer(context, state));
    }

    private void emit(List<Forecast> forecasts) {
        for (Forecast forecast : forecasts) {
            if (forecast.observedTicks() >= minContextSize) {
                rows.emit(forecast, this::collect);
            }
        }
    }

    @Override
    public void close() {
        if (series != null) {
            series.close();
        }
    }
}
