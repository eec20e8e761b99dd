package io.tickformer.sql;

import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.inference.ForecastSelection;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * What a function needs of a statement to forecast the series of a table.
 *
 * @param onnx the bytes of the model
 * @param types of the table's columns
 * @param partition positions of the PARTITION BY columns, which identify a series
 * @param targets positions of the columns with the values, one for each channel of the model
 * @param emitted the part of the forecasts that rows show
 * @param feedback what acts on forecasts
 * @param outOfOrderness by how much the readings of a series may come out of order
 * @param cacheBytes most off-heap memory of the cache of a parallel instance
 */
record SeriesSettings(
        byte[] onnx,
        List<LogicalType> types,
        int[] partition,
        int[] targets,
        ForecastSelection emitted,
        FeedbackSettings feedback,
        Duration outOfOrderness,
        long cacheBytes)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
