package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.issued.SimpleForecasts;
import java.util.List;

/**
 * A tick whose forecast waits in the micro-batch, as it was when it was appended to its context.
 * The context may change before the forecast is issued.
 *
 * @param key the series key, or that of a record with channels
 * @param tick the tick index
 * @param values the value of each channel; NaN where it is missing. Empty if there is no feedback
 * @param simple the simple forecasts of each channel. Empty if there is no feedback
 */
@Internal
public record PendingForecast(
        String key, long tick, List<Double> values, List<SimpleForecasts> simple) {
    public PendingForecast {
        values = List.copyOf(values);
        simple = List.copyOf(simple);
    }
}
