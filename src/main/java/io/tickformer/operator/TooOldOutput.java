package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.event.TickPiece;
import org.apache.flink.util.OutputTag;

/** The side output for readings that came too late. */
@Internal
public final class TooOldOutput {
    /** Pieces of ticks that are older than the context of their series. */
    public static final OutputTag<TickPiece> TOO_OLD =
            new OutputTag<>("too-old", TickPieceSerializer.TYPE);

    private TooOldOutput() {}
}
