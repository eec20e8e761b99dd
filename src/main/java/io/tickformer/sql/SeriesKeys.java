package io.tickformer.sql;

import java.util.List;
import java.util.StringJoiner;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Makes the series key of a row from its PARTITION BY columns. One text column is the key itself;
 * several are joined by {@code /}. The text of a column has {@code \} before each {@code /} and
 * {@code \}, so different partitions have different keys.
 */
final class SeriesKeys {
    private static final String NULL = "\\N";

    private final RowData.FieldGetter[] columns;

    SeriesKeys(List<LogicalType> types, int[] partition) {
        this.columns = new RowData.FieldGetter[partition.length];
        for (int i = 0; i < partition.length; i++) {
            columns[i] = RowData.createFieldGetter(types.get(partition[i]), partition[i]);
        }
    }

    String of(RowData row) {
        if (columns.length == 1) {
            return text(columns[0].getFieldOrNull(row));
        }
        StringJoiner key = new StringJoiner("/");
        for (RowData.FieldGetter column : columns) {
            key.add(text(column.getFieldOrNull(row)));
        }
        return key.toString();
    }

    private static String text(Object value) {
        if (value == null) {
            return NULL;
        }
        String text = value.toString();
        return text.indexOf('/') < 0 && text.indexOf('\\') < 0
                ? text
                : text.replace("\\", "\\\\").replace("/", "\\/");
    }
}
