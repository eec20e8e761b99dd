package io.tickformer.feedback.anomaly;

import io.tickformer.feedback.issued.IssuedForecasts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What was expected of the newest {@value #TICKS} ticks, and what was done with them, so that a
 * tick can be scored again when a late reading changes it.
 */
final class RecentExpectations {
    /** The newest tick and those before it that can be scored again. */
    static final int TICKS = 1 + IssuedForecasts.REVISED_TICKS;

    private static final int PUT = 1;
    private static final int NEAR = 2;
    private static final int FAR = 4;
    private static final int LASTING = 8;
    private static final int ALARMED = 16;

    private final double[] near = new double[TICKS];
    private final double[] far = new double[TICKS];
    private final byte[] marks = new byte[TICKS];

    RecentExpectations() {
        clear();
    }

    void clear() {
        Arrays.fill(near, Double.NaN);
        Arrays.fill(far, Double.NaN);
        Arrays.fill(marks, (byte) 0);
    }

    /**
     * Takes the next tick.
     *
     * @param nearMedian what the forecast of one tick before expected; NaN if there is none
     * @param farMedian the same of the forecast of a long lead
     */
    void begin(long tick, double nearMedian, double farMedian) {
        near[slot(tick)] = nearMedian;
        far[slot(tick)] = farMedian;
        marks[slot(tick)] = 0;
    }

    double near(long tick) {
        return near[slot(tick)];
    }

    double far(long tick) {
        return far[slot(tick)];
    }

    /** The tick has a value, and these of its deviations are known. */
    void put(long tick, boolean isNear, boolean isFar, boolean isLasting) {
        marks[slot(tick)] |=
                (byte) (PUT | (isNear ? NEAR : 0) | (isFar ? FAR : 0) | (isLasting ? LASTING : 0));
    }

    void setAlarmed(long tick, boolean isAlarmed) {
        int mark = marks[slot(tick)];
        marks[slot(tick)] = (byte) (isAlarmed ? mark | ALARMED : mark & ~ALARMED);
    }

    boolean isAlarmed(long tick) {
        return is(tick, ALARMED);
    }

    /** Whether the tick had a value when it was observed. */
    boolean isPut(long tick) {
        return is(tick, PUT);
    }

    boolean isNear(long tick) {
        return is(tick, NEAR);
    }

    boolean isFar(long tick) {
        return is(tick, FAR);
    }

    boolean isLasting(long tick) {
        return is(tick, LASTING);
    }

    /** How many of the ticks after one, up to the newest, had a value when they were observed. */
    int putAfter(long tick, long newest) {
        return after(tick, newest, PUT);
    }

    int nearAfter(long tick, long newest) {
        return after(tick, newest, NEAR);
    }

    int farAfter(long tick, long newest) {
        return after(tick, newest, FAR);
    }

    int lastingAfter(long tick, long newest) {
        return after(tick, newest, LASTING);
    }

    private int after(long tick, long newest, int mark) {
        int count = 0;
        for (long later = tick + 1; later <= newest; later++) {
            count += is(later, mark) ? 1 : 0;
        }
        return count;
    }

    private boolean is(long tick, int mark) {
        return (marks[slot(tick)] & mark) != 0;
    }

    private static int slot(long tick) {
        return Math.floorMod(tick, TICKS);
    }

    void writeTo(DataOutput out) throws IOException {
        for (int i = 0; i < TICKS; i++) {
            out.writeDouble(near[i]);
            out.writeDouble(far[i]);
        }
        out.write(marks);
    }

    void readFrom(DataInput in) throws IOException {
        for (int i = 0; i < TICKS; i++) {
            near[i] = in.readDouble();
            far[i] = in.readDouble();
        }
        in.readFully(marks);
    }

    static int bytes() {
        return TICKS * (2 * Double.BYTES + 1);
    }
}
