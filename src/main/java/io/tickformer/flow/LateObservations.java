package io.tickformer.flow;

import io.tickformer.event.Observation;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.Channels;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Makes observations again of the pieces that no context reaches back to. A reading that is late by
 * so much comes as a piece of its own, so each is what was read; where several readings were
 * gathered nevertheless, since their series was ahead of the stream, the newest stands for them.
 */
final class LateObservations implements FlatMapFunction<TickPiece, Observation> {
    private static final long serialVersionUID = 1L;

    private final Channels channels;

    LateObservations(Channels channels) {
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
