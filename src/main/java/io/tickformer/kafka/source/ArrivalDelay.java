package io.tickformer.kafka.source;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Estimates how long after their event times the readings of a partition arrive, and so how long to
 * wait for a tick after its end. The least delay counts: a sender that is slower than the others is
 * late already.
 *
 * <p>A reading that is stamped with the start of its interval arrives a whole tick after its event
 * time, and yet right after the end of its tick. So the least delay is kept for each part of a
 * tick, and compared with the rest of the tick at that point.
 *
 * <p>The estimate covers the last one to two time windows. If the delay changes from window to
 * window, old data is being replayed, and there is no usual delay.
 */
final class ArrivalDelay {
    private static final int PARTS = 16;
    private static final long SHORTEST_WINDOW_MILLIS = 60_000;

    /** Allowance for the network: half of the one second within which a forecast is due. */
    private static final long NETWORK_MILLIS = 500;

    private final long tickMillis;
    private final long outOfOrdernessMillis;
    private final long windowMillis;
    private Window current = new Window();
    private Window previous = new Window();
    private long windowEnd = Long.MIN_VALUE;

    /**
     * @param tickMillis length of a tick
     * @param outOfOrdernessMillis how long to wait for a tick after its end in any case
     */
    ArrivalDelay(long tickMillis, long outOfOrdernessMillis) {
        this.tickMillis = tickMillis;
        this.outOfOrdernessMillis = outOfOrdernessMillis;
        this.windowMillis = Math.max(SHORTEST_WINDOW_MILLIS, tickMillis);
    }

    /** Registers a reading by its event time and its arrival time. */
    void observe(long eventTimeMillis, long cameMillis) {
        if (cameMillis >= windowEnd) {
            if (windowEnd != Long.MIN_VALUE) {
                Window oldest = previous;
                previous = current;
                current = oldest;
                current.clear();
            }
            windowEnd = cameMillis + windowMillis;
        }
        long intoTick = Math.floorMod(eventTimeMillis, tickMillis);
        int part = (int) (intoTick * PARTS / tickMillis);
        current.observe(part, intoTick, cameMillis - eventTimeMillis);
    }

    /**
     * How long to wait for a tick after its end, if readings arrive in time. Empty if they arrive
     * later than the out-of-orderness allows, or if there are none.
     */
    OptionalLong prompt() {
        long bound = Math.max(outOfOrdernessMillis, NETWORK_MILLIS);
        long least = Math.min(current.least, previous.least);
        if (least == Long.MAX_VALUE) {
            return OptionalLong.empty();
        }
        long afterTick = afterTick();
        if (least > bound && afterTick > bound) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(outOfOrdernessMillis, Math.min(afterTick, bound)));
    }

    /**
     * How long to wait for a tick after its end, if readings always arrive later than the
     * out-of-orderness allows, by about the same delay. Empty otherwise.
     */
    OptionalLong steady() {
        if (previous.least == Long.MAX_VALUE || prompt().isPresent()) {
            return OptionalLong.empty();
        }
        if (Math.abs(previous.least - current.least) > windowMillis / 4) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(afterTick() + outOfOrdernessMillis);
    }

    /** How long after the end of a tick its last reading arrives. */
    private long afterTick() {
        long most = Long.MIN_VALUE;
        for (int part = 0; part < PARTS; part++) {
            long delay = Math.min(current.leastOf[part], previous.leastOf[part]);
            if (delay != Long.MAX_VALUE) {
                long latest = Math.max(current.latestOf[part], previous.latestOf[part]);
                most = Math.max(most, delay - (tickMillis - latest));
            }
        }
        return most;
    }

    /** The least delays within a time window: over all readings, and for each part of a tick. */
    private static final class Window {
        private final long[] leastOf = new long[PARTS];
        private final long[] latestOf = new long[PARTS];
        private long least;

        Window() {
            clear();
        }

        void clear() {
            Arrays.fill(leastOf, Long.MAX_VALUE);
            Arrays.fill(latestOf, 0);
            least = Long.MAX_VALUE;
        }

        void observe(int part, long intoTick, long delay) {
            least = Math.min(least, delay);
            leastOf[part] = Math.min(leastOf[part], delay);
            latestOf[part] = Math.max(latestOf[part], intoTick);
        }
    }
}
