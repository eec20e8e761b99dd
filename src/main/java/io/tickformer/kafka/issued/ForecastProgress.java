package io.tickformer.kafka.issued;

import io.tickformer.annotation.Internal;
import java.util.Map;

/**
 * The progress of a job, as told by the newest forecasts in its topic.
 *
 * @param newest the newest tick with a forecast, by series key, or by the key of the entity that
 *     the series is a channel of
 * @param isWhole whether no older forecast can matter: reading started at the beginning of the
 *     topic, or before the time of writing of the oldest record that is re-read
 * @param oldestTick the median tick of the oldest forecasts that were read; undefined if there is
 *     no forecast
 * @param firstTick the least tick of the forecasts that were read; undefined if there is no
 *     forecast
 * @param behindTick the newest tick of the slow series, among those with a recent forecast: the 10
 *     % quantile of their newest ticks, so that one device whose clock is years behind does not
 *     matter. {@link Long#MAX_VALUE} if there is no forecast
 * @param records number of forecasts read
 * @param foreign number of records read that are not forecasts with ticks of this length
 */
@Internal
public record ForecastProgress(
        Map<String, Long> newest,
        boolean isWhole,
        long oldestTick,
        long firstTick,
        long behindTick,
        long records,
        long foreign) {}
