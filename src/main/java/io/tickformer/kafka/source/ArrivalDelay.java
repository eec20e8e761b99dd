package io.tickformer.kafka.source;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How long after their event times the readings of a partition are there, as its latest readings
 * have it, and so how long after its end a tick must be waited for. It is the quickest senders that
 * count: who sends late beside others that do not is late already by theirs.
 *
 * <p>A reading that is stamped with the beginning of its interval comes a whole tick after its
 * event time and yet just after its tick has ended. So for every part of a tick the least delay is
 * kept by itself, and held against what was left of the tick at that time.
 *
 * <p>Readings are looked back at for one to two windows of time. Delays that shrink from window to
 * window are those of a past that is being sent now: it has no usual delay.
 */
final class ArrivalDelay {
    private static final int PARTS = 16;
    private static final long SHORTEST_WINDOW_MILLIS = 60_000;

    /** Of a forecast that may come a second late, half goes to the network. */
    private static final long NETWORK_MILLIS = 500;

    private final long tickMillis;
    private final long outOfOrdernessMillis;
    private final long windowMillis;
    private Window current = new Window();
    private Window previous = new Window();
    private long windowEnd = Long.MIN_VALUE;

    /**
     * @param tickMillis length of a tick
     * @param outOfOrdernessMillis for how long after its end a tick is waited for in any case
     */
    ArrivalDelay(long tickMillis, long outOfOrdernessMillis) {
        this.tickMillis = tickMillis;
        this.outOfOrdernessMillis = outOfOrdernessMillis;
        this.windowMillis = Math.max(SHORTEST_WINDOW_MILLIS, tickMillis);
    }

    /** Takes note of a reading of that event time which came at that time. */
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
     * How long after its end a tick is to be waited for where readings come in time; none where
     * they come later than the out-of-orderness allows, or none has come.
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
     * How long after its end a tick is to be waited for where readings come later than the
     * out-of-orderness allows, and steadily so; none where they do not.
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

    /** How long after the end of a tick the last of its readings is there. */
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

    /** The delays of the readings of a while, the least of all and of every part of a tick. */
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
