package io.tickformer.sql;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Reads a column of numbers as double precision; NULL is NaN. */
@FunctionalInterface
interface NumberColumn {
    double notNull(RowData row, int position);

    /** The value at a position of a row. */
    default double at(RowData row, int position) {
        return row.isNullAt(position) ? Double.NaN : notNull(row, position);
    }

    /** A number of Flink's internal form; NaN for null. */
    static double value(Object internal) {
        if (internal instanceof DecimalData decimal) {
            return decimal.toBigDecimal().doubleValue();
        }
        return internal == null ? Double.NaN : ((Number) internal).doubleValue();
    }

    /** The reader of a type of the family NUMERIC. */
    static NumberColumn of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case DOUBLE -> RowData::getDouble;
            case FLOAT -> RowData::getFloat;
            case TINYINT -> RowData::getByte;
            case SMALLINT -> RowData::getShort;
            case INTEGER -> RowData::getInt;
            case BIGINT -> RowData::getLong;
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield (row, position) -> {
                    DecimalData value =
                            row.getDecimal(position, decimal.getPrecision(), decimal.getScale());
                    return value.toBigDecimal().doubleValue();
                };
            }
            default ->
                    throw new IllegalArgumentException(
                            "a column is of the type %s; expected a number".formatted(type));
        };
    }
}
