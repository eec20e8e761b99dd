package io.tickformer.evaluation.backtest;

import java.util.List;

/**
 * What the channels of a record turned out to be, or a series by itself.
 *
 * @param key of the record, that of the series where it is by itself
 * @param channels in the order of the model's; one that the record lacks has no tick
 */
public record ActualRecord(String key, List<ActualSeries> channels) {
    public ActualRecord {
        channels = List.copyOf(channels);
    }

    /** The channels that the record has. */
    public List<ActualSeries> present() {
        return channels.stream().filter(series -> series.values().length > 0).toList();
    }

    /**
     * The channel of a series key.
     *
     * @throws IllegalArgumentException if it is of another record
     */
    ActualSeries of(String series) {
        for (ActualSeries channel : channels) {
            if (channel.series().equals(series)) {
                return channel;
            }
        }
        throw new IllegalArgumentException("series %s is none of record %s".formatted(series, key));
    }
}
