package io.tickformer.sql;

import io.tickformer.spec.ForecastSpec;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * The columns that {@code ML_PREDICT} passes to a model: an array of tick values, the oldest first,
 * and optionally the time of the newest of them.
 *
 * @param element type of the array's elements
 * @param hasTime whether there is a time
 */
record ContextColumns(LogicalType element, boolean hasTime) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Checks the columns that a model declares.
     *
     * @throws SqlArgumentException if they are others, or the model needs a time
     */
    static ContextColumns of(ResolvedSchema declared, ForecastSpec spec) {
        List<Column> columns = declared.getColumns();
        boolean hasTime = columns.size() == 2 && isTime(typeOf(columns.get(1)));
        if (columns.isEmpty()
                || !isNumbers(typeOf(columns.get(0)))
                || columns.size() != (hasTime ? 2 : 1)) {
            throw SqlArgumentException.of(
                    "INPUT",
                    columns.stream().map(Column::asSummaryString).toList(),
                    "an array of numbers, such as (context ARRAY<DOUBLE>), and optionally the time"
                            + " of its last tick, such as (context ARRAY<DOUBLE>, ts"
                            + " TIMESTAMP_LTZ(3))");
        }
        if (!hasTime && !spec.calendarFeatures().isEmpty()) {
            throw SqlArgumentException.of(
                    "INPUT",
                    columns.stream().map(Column::asSummaryString).toList(),
                    "the time of the last tick behind the array: the model has the calendar"
                            + " features %s".formatted(spec.calendarFeatures()));
        }
        return new ContextColumns(((ArrayType) typeOf(columns.get(0))).getElementType(), hasTime);
    }

    private static LogicalType typeOf(Column column) {
        return column.getDataType().getLogicalType();
    }

    private static boolean isNumbers(LogicalType type) {
        return type instanceof ArrayType array
                && array.getElementType().is(LogicalTypeFamily.NUMERIC);
    }

    private static boolean isTime(LogicalType type) {
        return type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
                || type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
    }

    /** The values of a row, NaN where there is none or it is not finite. */
    double[] values(RowData row, ArrayData.ElementGetter elements) {
        if (row.isNullAt(0)) {
            return new double[0];
        }
        ArrayData array = row.getArray(0);
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = NumberColumn.value(elements.getElementOrNull(array, i));
        }
        return values;
    }

    /** The time of the newest value in milliseconds; 0 if there is none. */
    long timeMillis(RowData row) {
        return hasTime && !row.isNullAt(1) ? row.getTimestamp(1, 3).getMillisecond() : 0;
    }
}
