package io.tickformer.flow;

import io.tickformer.event.Observation;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.Channels;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Turns pieces that are older than their context back into observations. A reading that is so late
 * usually is a piece of its own. If a piece holds several readings, because their series was ahead
 * of the stream, only the newest is emitted.
 */
final class TooOldPieceToObservations implements FlatMapFunction<TickPiece, Observation> {
    private static final long serialVersionUID = 1L;

    private final Channels channels;

    TooOldPieceToObservations(Channels channels) {
        this.channels = channels;
    }

    @Override
    public void flatMap(TickPiece piece, Collector<Observation> out) {
        TickAccumulator gathered = piece.gathered();
        for (int channel = 0; channel < gathered.channels(); channel++) {
            if (!gathered.isEmpty(channel)) {
                out.collect(
                        new Observation(
                                channels.seriesOf(piece.series(), channel),
                                gathered.newestTimeMillis(),
                                gathered.value(channel, TickAggregate.LAST)));
            }
        }
    }
}
