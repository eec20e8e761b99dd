package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.history.TickSeries;
import io.tickformer.spec.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

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

    /**
     * Loads the series of an entity.
     *
     * @param ticks the series at a position among those that were grouped into entities
     */
    public static ActualEntity of(
            Channels.Entity entity, Channels channels, IntFunction<TickSeries> ticks) {
        List<ActualSeries> loaded = new ArrayList<>();
        for (int channel = 0; channel < entity.series().size(); channel++) {
            int position = entity.series().get(channel);
            loaded.add(
                    position == Channels.Entity.ABSENT
                            ? ActualSeries.none(channels.seriesOf(entity.key(), channel))
                            : ActualSeries.of(ticks.apply(position)));
        }
        return new ActualEntity(entity.key(), loaded);
    }

    /** Index of the first tick of any channel. */
    public long firstTick() {
        long first = Long.MAX_VALUE;
        for (ActualSeries series : present()) {
            first = Math.min(first, series.firstTick());
        }
        return first;
    }

    /** Index of the tick after the last one of any channel. */
    public long endTick() {
        long end = Long.MIN_VALUE;
        for (ActualSeries series : present()) {
            end = Math.max(end, series.endTick());
        }
        return end;
    }

    /**
     * Loads the readings of a tick; NaN for a channel that has none.
     *
     * @param values one per channel
     * @return whether a channel has a reading; otherwise a context fills the tick
     */
    public boolean load(long tick, double[] values) {
        boolean observed = false;
        for (int channel = 0; channel < values.length; channel++) {
            values[channel] = channels.get(channel).readingAt(tick);
            observed |= !Double.isNaN(values[channel]);
        }
        return observed;
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
