package io.tickformer.feedback.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The score from which on a tick is alarming, so that alarms come at the rate that the user chose.
 *
 * <p>The threshold starts where noise of various kinds (normal, exponential, Student's t with three
 * degrees of freedom, random walk, autoregressive) raises about that many alarms. It then follows
 * the alarms of the series as adaptive conformal inference does (Gibbs and Candès 2021, Adaptive
 * Conformal Inference Under Distribution Shift): every alarm raises it, every tick lowers it a
 * little, and the two balance at the chosen rate. It moves by at most half an order of magnitude
 * down and one up, so a series full of anomalies still raises alarms.
 */
final class AlarmThreshold {
    private static final double AT_ONE_IN_A_THOUSAND = 3.87;
    private static final double PER_ORDER_OF_MAGNITUDE = 1.33;
    private static final double RISE = 0.1;
    private static final double LOWEST = -0.5;
    private static final double HIGHEST = 1;

    private final double start;
    private final double fall;
    private double correction;

    AlarmThreshold(int falseAlarmTicks) {
        start = AT_ONE_IN_A_THOUSAND + PER_ORDER_OF_MAGNITUDE * (Math.log10(falseAlarmTicks) - 3);
        fall = RISE / falseAlarmTicks;
    }

    double value() {
        return start + correction;
    }

    /** Follows a tick that was scored. */
    void follow(boolean alarm) {
        double moved = correction - fall + (alarm ? RISE : 0);
        correction = Math.max(LOWEST, Math.min(HIGHEST, moved));
    }

    /** Follows a tick that was scored again. */
    void revise(boolean alarmBefore, boolean alarm) {
        double moved = correction + (alarm ? RISE : 0) - (alarmBefore ? RISE : 0);
        correction = Math.max(LOWEST, Math.min(HIGHEST, moved));
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(correction);
    }

    void readFrom(DataInput in) throws IOException {
        correction = in.readDouble();
    }

    static int bytes() {
        return Double.BYTES;
    }
}
