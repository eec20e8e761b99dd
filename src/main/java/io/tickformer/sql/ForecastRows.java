package io.tickformer.sql;

import io.tickformer.event.Forecast;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/**
 * The rows that a forecast becomes. Times have the type of the table's time column, so that a
 * forecast can be joined to the readings of its tick.
 *
 * @param form rows of steps, or rows of arrays
 * @param levels the quantile levels of the forecasts
 * @param isOfChannels whether the model forecasts several channels: rows have the series then
 */
record ForecastRows(OutputForm form, EmittedLevels levels, boolean isOfChannels)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The type of a row.
     *
     * @param time type of times
     */
    DataType type(DataType time) {
        List<Field> fields = new ArrayList<>();
        if (isOfChannels) {
            fields.add(DataTypes.FIELD("series", DataTypes.STRING().notNull()));
        }
        fields.add(DataTypes.FIELD("tick_time", time));
        DataType number = DataTypes.DOUBLE().notNull();
        if (form == OutputForm.STEPS) {
            fields.add(DataTypes.FIELD("step", DataTypes.INT().notNull()));
            fields.add(DataTypes.FIELD("forecast_time", time));
            addValues(fields, number);
            for (int i = 0; i < levels.listed().size(); i++) {
                fields.add(DataTypes.FIELD(EmittedLevels.column(levels.listedLevel(i)), number));
            }
        } else {
            DataType numbers = DataTypes.ARRAY(number).notNull();
            fields.add(DataTypes.FIELD("forecast_time", DataTypes.ARRAY(time).notNull()));
            addValues(fields, numbers);
            fields.add(DataTypes.FIELD("quantile_levels", numbers));
            fields.add(DataTypes.FIELD("quantiles", DataTypes.ARRAY(numbers).notNull()));
        }
        fields.add(DataTypes.FIELD("quality", DataTypes.STRING().notNull()));
        fields.add(DataTypes.FIELD("calibrated", DataTypes.BOOLEAN().notNull()));
        fields.add(DataTypes.FIELD("observed_ticks", DataTypes.INT().notNull()));
        fields.add(DataTypes.FIELD("model_version", DataTypes.STRING().notNull()));
        return DataTypes.ROW(fields).notNull().bridgedTo(RowData.class);
    }

    private static void addValues(List<Field> fields, DataType type) {
        fields.add(DataTypes.FIELD("mean", type));
        fields.add(DataTypes.FIELD("lower_bound", type));
        fields.add(DataTypes.FIELD("upper_bound", type));
    }

    /** Emits the rows of a forecast. */
    void emit(Forecast forecast, Consumer<RowData> out) {
        if (form == OutputForm.ARRAYS) {
            out.accept(arrays(forecast));
            return;
        }
        for (int step = 0; step < forecast.horizon(); step++) {
            out.accept(step(forecast, step));
        }
    }

    private RowData step(Forecast forecast, int step) {
        List<Object> fields = begin(forecast);
        fields.add(step + 1);
        fields.add(time(forecast, step));
        fields.add(forecast.mean()[step]);
        fields.add(forecast.quantile(step, levels.lower()));
        fields.add(forecast.quantile(step, levels.upper()));
        for (int level : levels.listed()) {
            fields.add(forecast.quantile(step, level));
        }
        return end(fields, forecast);
    }

    private RowData arrays(Forecast forecast) {
        int horizon = forecast.horizon();
        TimestampData[] times = new TimestampData[horizon];
        double[] lower = new double[horizon];
        double[] upper = new double[horizon];
        GenericArrayData[] quantiles = new GenericArrayData[horizon];
        int listed = levels.listed().size();
        for (int step = 0; step < horizon; step++) {
            times[step] = time(forecast, step);
            lower[step] = forecast.quantile(step, levels.lower());
            upper[step] = forecast.quantile(step, levels.upper());
            double[] ofStep = new double[listed];
            for (int i = 0; i < listed; i++) {
                ofStep[i] = forecast.quantile(step, levels.listed().get(i));
            }
            quantiles[step] = new GenericArrayData(ofStep);
        }
        double[] levelValues = new double[listed];
        for (int i = 0; i < listed; i++) {
            levelValues[i] = levels.listedLevel(i);
        }
        List<Object> fields = begin(forecast);
        fields.add(new GenericArrayData(times));
        fields.add(new GenericArrayData(forecast.mean()));
        fields.add(new GenericArrayData(lower));
        fields.add(new GenericArrayData(upper));
        fields.add(new GenericArrayData(levelValues));
        fields.add(new GenericArrayData(quantiles));
        return end(fields, forecast);
    }

    private List<Object> begin(Forecast forecast) {
        List<Object> fields = new ArrayList<>();
        if (isOfChannels) {
            fields.add(StringData.fromString(forecast.series()));
        }
        fields.add(TimestampData.fromEpochMillis(forecast.tickTimeMillis()));
        return fields;
    }

    private static RowData end(List<Object> fields, Forecast forecast) {
        fields.add(StringData.fromString(forecast.quality().name()));
        fields.add(forecast.calibrated());
        fields.add(forecast.observedTicks());
        fields.add(StringData.fromString(forecast.modelVersion()));
        return GenericRowData.of(fields.toArray());
    }

    /** Start of the tick that a step forecasts. */
    private static TimestampData time(Forecast forecast, int step) {
        return TimestampData.fromEpochMillis(
                forecast.tickTimeMillis() + (step + 1) * forecast.tickMillis());
    }
}
