package io.tickformer.sql;

import io.tickformer.annotation.Public;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.anomaly.AnomalySettings;
import io.tickformer.forecaster.SeriesOptions;
import io.tickformer.inference.ForecastSelection;
import java.time.Duration;
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
 * The process table function {@code TICKFORMER_DETECT}: compares each tick of each series of a
 * table to the forecasts that were made for it, and reports the unusual ones.
 *
 * <pre>{@code
 * CREATE FUNCTION TICKFORMER_DETECT AS 'io.tickformer.sql.TickformerDetect'
 *   USING JAR 'file:///opt/tickformer/tickformer-job.jar';
 *
 * SELECT * FROM TICKFORMER_DETECT(
 *   input => TABLE meters PARTITION BY meter_id,
 *   on_time => DESCRIPTOR(ts),
 *   target => DESCRIPTOR(kw),
 *   model => '/opt/tickformer/models/meters.onnx');
 * }</pre>
 *
 * <p>{@code docs/sql/README.md} lists arguments and columns.
 */
@Public
public final class TickformerDetect extends ProcessTableFunction<RowData>
        implements SpecializedFunction {
    private static final long serialVersionUID = 1L;

    private static final FunctionSignature SIGNATURE =
            new FunctionSignature()
                    .with(CallArguments.TICK, DataTypes.INTERVAL(DataTypes.SECOND(3)))
                    .with(CallArguments.FALSE_ALARM_TICKS, DataTypes.INT())
                    .with(CallArguments.OUTPUT, DataTypes.STRING())
                    .with(CallArguments.AGGREGATE, DataTypes.STRING())
                    .with(CallArguments.EMPTY_TICKS, DataTypes.STRING())
                    .with(CallArguments.OUT_OF_ORDERNESS, DataTypes.INTERVAL(DataTypes.SECOND(3)))
                    .with(CallArguments.CACHE_MEMORY, DataTypes.STRING());

    /** Which ticks become rows. */
    private enum Rows {
        /** Those at which an event begins, and corrections of them. */
        ANOMALIES,
        /** All. */
        TICKS
    }

    private final SeriesSettings settings; // null before the call is known
    private final AnomalyRows rows;
    private transient TableSeries series;
    private transient ScoredTicks scored;

    /** A function that is not called yet; Flink makes it. */
    public TickformerDetect() {
        this(null, null);
    }

    private TickformerDetect(SeriesSettings settings, AnomalyRows rows) {
        this.settings = settings;
        this.rows = rows;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return SIGNATURE.types(settings != null, TickformerDetect::outputType);
    }

    private static DataType outputType(CallArguments call) {
        return of(call).rows.type(FunctionSignature.timeType(call));
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return of(new CallArguments(SIGNATURE.arguments(), context.getCallContext()));
    }

    private static TickformerDetect of(CallArguments call) {
        SqlModel model =
                SqlModel.read(
                        call.text(CallArguments.MODEL),
                        new SqlModel.Ticks(
                                call.duration(CallArguments.TICK),
                                call.word(CallArguments.AGGREGATE, TickAggregate.class),
                                call.word(CallArguments.EMPTY_TICKS, EmptyTickPolicy.class)));
        AnomalySettings common = AnomalySettings.DEFAULT;
        AnomalySettings anomalies =
                new AnomalySettings(
                        call.number(CallArguments.FALSE_ALARM_TICKS, common.falseAlarmTicks(), 10),
                        common.side(),
                        common.count(),
                        common.duration(),
                        common.distance());
        SeriesSettings series =
                new SeriesSettings(
                        model.onnx(),
                        call.columnTypes(),
                        call.partition(),
                        call.targets(model.spec().channels()),
                        ForecastSelection.ALL,
                        FeedbackSettings.DEFAULT.withAnomalies(anomalies),
                        call.outOfOrderness(),
                        call.bytes(CallArguments.CACHE_MEMORY, SeriesOptions.DEFAULT_CACHE_BYTES));
        Rows asked = call.word(CallArguments.OUTPUT, Rows.class);
        return new TickformerDetect(
                series,
                new AnomalyRows(
                        model.spec().tickMillis(),
                        asked == Rows.TICKS,
                        !model.spec().channels().isEmpty()));
    }

    @Override
    public void open(FunctionContext context) {
        scored = new ScoredTicks();
        series = TableSeries.open(settings, scored, context.getMetricGroup());
    }

    /** Takes a row. The constants of the call are known already, and not read. */
    public void eval(
            Context context,
            MapView<String, byte[]> state,
            RowData input,
            ColumnList target,
            String model,
            Duration tick,
            Integer falseAlarmTicks,
            String output,
            String aggregate,
            String emptyTicks,
            Duration outOfOrderness,
            String cacheMemory)
            throws Exception {
        series.row(context, state, input);
        emit();
    }

    /** A timer of a series has fired. */
    public void onTimer(OnTimerContext context, MapView<String, byte[]> state) throws Exception {
        series.timer(context, state);
        emit();
    }

    private void emit() {
        scored.drain((name, score) -> rows.emit(name, score, this::collect));
    }

    @Override
    public void close() {
        if (series != null) {
            series.close();
        }
    }
}
