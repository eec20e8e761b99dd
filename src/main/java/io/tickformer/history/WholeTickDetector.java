package io.tickformer.history;

import io.tickformer.event.Tick;
import java.util.List;

/**
 * Detects a history whose observations are complete ticks, one observation each. Its last tick is
 * then complete too.
 */
final class WholeTickDetector implements SeriesLog.Visitor {
    private final long tickMillis;
    private long place = -1;
    private long tick;
    private boolean begun;
    private boolean areReady = true;

    private WholeTickDetector(long tickMillis) {
        this.tickMillis = tickMillis;
    }

    static boolean areIn(List<SeriesLog> logs, long tickMillis) {
        WholeTickDetector ticks = new WholeTickDetector(tickMillis);
        for (SeriesLog log : logs) {
            ticks.begun = false;
            log.visitByTick(tickMillis, ticks);
            if (!ticks.areReady) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void take(long eventTimeMillis, double value) {
        long ofThis = Tick.indexOf(eventTimeMillis, tickMillis);
        long within = Math.floorMod(eventTimeMillis, tickMillis);
        areReady &= (place < 0 || within == place) && !(begun && ofThis == tick);
        place = within;
        tick = ofThis;
        begun = true;
    }
}
