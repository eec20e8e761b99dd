package io.tickformer.sql;

import io.tickformer.feedback.anomaly.AnomalyPhase;
import io.tickformer.feedback.anomaly.AnomalyScore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/**
 * The rows that scored ticks become.
 *
 * @param tickMillis length of a tick
 * @param isOfAllTicks whether a tick without an event becomes a row, too
 * @param isOfChannels whether the model forecasts several channels: rows have the series then
 */
record AnomalyRows(long tickMillis, boolean isOfAllTicks, boolean isOfChannels)
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
        fields.add(DataTypes.FIELD("actual", DataTypes.DOUBLE()));
        fields.add(DataTypes.FIELD("expected", DataTypes.DOUBLE()));
        fields.add(DataTypes.FIELD("score", DataTypes.DOUBLE().notNull()));
        fields.add(DataTypes.FIELD("is_anomaly", DataTypes.BOOLEAN().notNull()));
        fields.add(DataTypes.FIELD("is_high", DataTypes.BOOLEAN().notNull()));
        fields.add(DataTypes.FIELD("phase", DataTypes.STRING().notNull()));
        return DataTypes.ROW(fields).notNull().bridgedTo(RowData.class);
    }

    /** Emits the row of a tick, if it becomes one. */
    void emit(String series, AnomalyScore score, Consumer<RowData> out) {
        AnomalyPhase phase = score.state();
        boolean isReported = phase != AnomalyPhase.NORMAL && phase != AnomalyPhase.ONGOING;
        if (!isReported && !isOfAllTicks) {
            return;
        }
        List<Object> fields = new ArrayList<>();
        if (isOfChannels) {
            fields.add(StringData.fromString(series));
        }
        fields.add(TimestampData.fromEpochMillis(score.tick() * tickMillis));
        fields.add(orNull(score.value()));
        fields.add(orNull(score.expected()));
        fields.add(score.score());
        fields.add(phase == AnomalyPhase.ALARM || phase == AnomalyPhase.CORRECTED);
        fields.add(score.isHigh());
        fields.add(StringData.fromString(phase.name()));
        out.accept(GenericRowData.of(fields.toArray()));
    }

    private static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
