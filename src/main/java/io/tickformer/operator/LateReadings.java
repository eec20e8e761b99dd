package io.tickformer.operator;

import io.tickformer.event.TickPiece;
import org.apache.flink.util.OutputTag;

/** What becomes of readings whose tick was forecast without them. */
public final class LateReadings {
    /**
     * Pieces of ticks that are older than the context of their series. They are handed on, so that
     * none is lost without a trace.
     */
    public static final OutputTag<TickPiece> TOO_OLD =
            new OutputTag<>("too-old", TickPieceSerializer.TYPE);

    private LateReadings() {}
}
