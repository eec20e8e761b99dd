package io.tickformer.event;

import java.util.Objects;

/**
 * What was gathered of one tick of a series since the last piece of that tick. A tick that is whole
 * when it is over comes as one piece; one with late observations comes in several.
 *
 * @param series the series key; of several channels the key of their record
 * @param index the tick index, the same grid for every series
 * @param gathered its observations; owned by the piece and not to be changed
 * @param watermark the watermark when it was made, in milliseconds of event time: {@link
 *     Long#MIN_VALUE} where there is none yet
 */
public record TickPiece(String series, long index, TickAccumulator gathered, long watermark) {
    public TickPiece {
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(gathered, "gathered");
    }

    /**
     * A tick as one piece, handed on as the watermark passes its end: one observation of each
     * channel that has a value, at that time. It has the tick's values by every aggregate but the
     * count.
     *
     * @param endMillis the last millisecond of the tick
     */
    public static TickPiece ended(Tick tick, long endMillis) {
        return new TickPiece(
                tick.series(),
                tick.index(),
                TickAccumulator.of(endMillis, tick.values()),
                endMillis);
    }
}
