package io.tickformer.kafka.issued;

import java.util.Map;

/**
 * What the newest part of a topic of forecasts says about how far a job has come.
 *
 * @param newest key of each series that has a forecast there, or of the record that it is a channel
 *     of, and the newest tick that was forecast
 * @param isWhole whether no older forecast can matter: the part reaches back to the beginning of
 *     the topic, or to when the oldest record that is read again was written
 * @param oldestTick the ticks that were forecast at the beginning of the part, their median;
 *     without meaning where there is no forecast
 * @param firstTick the least tick that was forecast in the part; without meaning where there is no
 *     forecast
 * @param behindTick the newest tick of the series that are behind the others, of those that were
 *     forecast to the end of the part. A tenth of them may be further behind: one device whose
 *     clock is years behind does not count for all. {@link Long#MAX_VALUE} where there is no
 *     forecast
 * @param records forecasts read
 * @param foreign records read that are no forecasts of ticks of this length
 */
public record IssuedForecasts(
        Map<String, Long> newest,
        boolean isWhole,
        long oldestTick,
        long firstTick,
        long behindTick,
        long records,
        long foreign) {}
