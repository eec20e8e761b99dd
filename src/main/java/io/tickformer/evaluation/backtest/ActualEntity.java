package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * The actual values of the channels of a record, or of a single series.
 *
 * @param key of the record, or of the single series
 * @param channels in the order of the model; a channel that the record lacks has no ticks
 */
@Internal
public record ActualEntity(String key, List<ActualSeries> channels) {
    public ActualEntity {
        channels = List.copyOf(channels);
    }

    /** The channels that the record has. */
    public List<ActualSeries> present() {
        return channels.stream().filter(series -> series.values().length > 0).toList();
    }

    /**
     * The channel with a series key.
     *
     * @throws IllegalArgumentException if it belongs to another record
     */
    ActualSeries of(String series) {
        for (ActualSeries channel : channels) {
            if (channel.series().equals(series)) {
                return channel;
            }
        }
        throw new IllegalArgumentException(
                "series %s does not belong to record %s".formatted(series, key));
    }
}
