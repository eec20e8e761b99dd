package io.tickformer.sql;

import io.tickformer.event.Forecast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeCasts;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/** A column that a model may declare as output, by its name. */
enum PredictedColumn {
    MEAN("ARRAY<DOUBLE>") {
        @Override
        Object of(Forecast forecast, EmittedLevels levels) {
            return new GenericArrayData(forecast.mean());
        }
    },
    LOWER_BOUND("ARRAY<DOUBLE>") {
        @Override
        Object of(Forecast forecast, EmittedLevels levels) {
            return level(forecast, levels.lower());
        }
    },
    UPPER_BOUND("ARRAY<DOUBLE>") {
        @Override
        Object of(Forecast forecast, EmittedLevels levels) {
            return level(forecast, levels.upper());
        }
    },
    QUANTILE_LEVELS("ARRAY<DOUBLE>") {
        @Override
        Object of(Forecast forecast, EmittedLevels levels) {
            return new GenericArrayData(forecast.quantileLevels());
        }
    },
    QUANTILES("ARRAY<ARRAY<DOUBLE>>") {
        @Override
        Object of(Forecast forecast, EmittedLevels levels) {
            int count = forecast.quantileLevels().length;
            GenericArrayData[] steps = new GenericArrayData[forecast.horizon()];
            for (int step = 0; step < steps.length; step++) {
                steps[step] =
                        new GenericArrayData(
                                Arrays.copyOfRange(
                                        forecast.quantiles(), step * count, (step + 1) * count));
            }
            return new GenericArrayData(steps);
        }
    },
    QUALITY("STRING") {
        @Override
        Object of(Forecast forecast, EmittedLevels levels) {
            return StringData.fromString(forecast.quality().name());
        }
    },
    OBSERVED_TICKS("INT") {
        @Override
        Object of(Forecast forecast, EmittedLevels levels) {
            return forecast.observedTicks();
        }
    };

    private final String type;

    PredictedColumn(String type) {
        this.type = type;
    }

    /** The value of the column in Flink's internal form. */
    abstract Object of(Forecast forecast, EmittedLevels levels);

    private static GenericArrayData level(Forecast forecast, int level) {
        double[] steps = new double[forecast.horizon()];
        for (int step = 0; step < steps.length; step++) {
            steps[step] = forecast.quantile(step, level);
        }
        return new GenericArrayData(steps);
    }

    private LogicalType type() {
        return LogicalTypeParser.parse(type, PredictedColumn.class.getClassLoader());
    }

    private String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The columns that a model declares.
     *
     * @throws SqlArgumentException if there is none such, or it has another type
     */
    static List<PredictedColumn> of(ResolvedSchema declared) {
        List<PredictedColumn> columns = new ArrayList<>();
        for (Column each : declared.getColumns()) {
            columns.add(of(each));
        }
        return columns;
    }

    private static PredictedColumn of(Column declared) {
        LogicalType given = declared.getDataType().getLogicalType();
        for (PredictedColumn each : values()) {
            LogicalType expected = each.type();
            if (each.column().equals(declared.getName())
                    && LogicalTypeCasts.supportsAvoidingCast(given, expected)) {
                return each;
            }
        }
        throw SqlArgumentException.of(
                "OUTPUT",
                "(%s)".formatted(declared.asSummaryString()),
                "columns of " + signatures());
    }

    private static List<String> signatures() {
        return Arrays.stream(values()).map(each -> each.column() + " " + each.type).toList();
    }
}
