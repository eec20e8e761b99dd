package io.tickformer.event;

import io.tickformer.annotation.Internal;
import java.util.Objects;

/**
 * The observations of one tick of a series since the last piece of that tick. A tick without late
 * observations comes as one piece when it ends; with late observations it comes as several.
 *
 * @param series the series key; with several channels, the key of their record
 * @param index the tick index, the same grid for every series
 * @param gathered the observations; owned by the piece and not to be changed
 * @param watermark the watermark when the piece was emitted, in milliseconds of event time; {@link
 *     Long#MIN_VALUE} if there was none yet
 */
@Internal
public record TickPiece(String series, long index, TickAccumulator gathered, long watermark) {
    public TickPiece {
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(gathered, "gathered");
    }

    /**
     * Makes a single piece of a tick, emitted when the watermark passes its end. Each channel that
     * has a value gets one observation at the end of the tick. So the piece has the tick's values
     * for every aggregate except the count.
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
