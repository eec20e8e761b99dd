package io.tickformer.feedback.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Turns scores into events, one alarm each.
 *
 * <p>An event begins with an alarm when enough of the newest ticks reach the threshold, and goes on
 * for a given distance after its alarm. Within it there is another alarm only if the score exceeds
 * the one at the last alarm by a margin, so for a deviation that is much rarer; the distance then
 * counts from there. So a score that moves around the threshold raises one alarm.
 */
final class EventRules {
    private static final int NO_EVENT = -1;

    private final int count;
    private final int distance;
    private final double margin;
    private final long newestTicks; // a mask of the ticks in which the count is looked for

    private long exceeded; // a bit per tick, the newest lowest
    private double atAlarm;
    private int sinceAlarm = NO_EVENT;

    /**
     * @param margin decimal orders of magnitude by which an event must become rarer for another
     *     alarm
     */
    EventRules(int count, int duration, int distance, double margin) {
        this.count = count;
        this.distance = distance;
        this.margin = margin;
        this.newestTicks = -1L >>> (Long.SIZE - duration);
    }

    /** Takes the score of the next tick. */
    AnomalyPhase next(double score, double threshold) {
        pass(1);
        exceeded |= score >= threshold ? 1 : 0;
        boolean enough = score >= threshold && Long.bitCount(exceeded & newestTicks) >= count;
        if (enough && (sinceAlarm == NO_EVENT || score > atAlarm + margin)) {
            atAlarm = score;
            sinceAlarm = 0;
            return AnomalyPhase.ALARM;
        }
        return state();
    }

    /**
     * Replaces the score of a recent tick. An alarm of it stands, or the event that began with it
     * is over. A tick without one may raise it now, unless it lies in an event.
     *
     * @param age ticks from this one to the newest
     * @param alarmed whether the tick has raised an alarm
     * @return ALARM for a new alarm, CORRECTED or WITHDRAWN for one that it has raised
     */
    AnomalyPhase revise(int age, double score, double threshold, boolean alarmed) {
        long bit = 1L << age;
        exceeded = score >= threshold ? exceeded | bit : exceeded & ~bit;
        boolean enough =
                score >= threshold && Long.bitCount(exceeded >>> age & newestTicks) >= count;
        if (alarmed) {
            if (sinceAlarm == age) {
                atAlarm = score;
                sinceAlarm = enough ? age : NO_EVENT;
            }
            return enough ? AnomalyPhase.CORRECTED : AnomalyPhase.WITHDRAWN;
        }
        boolean isWorse = sinceAlarm > age && score > atAlarm + margin;
        if (enough && (sinceAlarm == NO_EVENT || isWorse)) {
            atAlarm = score;
            sinceAlarm = age > distance ? NO_EVENT : age;
            return AnomalyPhase.ALARM;
        }
        return state();
    }

    /** Passes over ticks without a score. */
    AnomalyPhase skip(long ticks) {
        pass(ticks);
        return state();
    }

    private void pass(long ticks) {
        exceeded = ticks >= Long.SIZE ? 0 : exceeded << ticks;
        if (sinceAlarm != NO_EVENT) {
            long since = sinceAlarm + ticks;
            sinceAlarm = since > distance ? NO_EVENT : (int) since;
        }
    }

    private AnomalyPhase state() {
        return sinceAlarm == NO_EVENT ? AnomalyPhase.NORMAL : AnomalyPhase.ONGOING;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(exceeded);
        out.writeDouble(atAlarm);
        out.writeInt(sinceAlarm);
    }

    void readFrom(DataInput in) throws IOException {
        exceeded = in.readLong();
        atAlarm = in.readDouble();
        sinceAlarm = in.readInt();
    }

    static int bytes() {
        return Long.BYTES + Double.BYTES + Integer.BYTES;
    }
}
