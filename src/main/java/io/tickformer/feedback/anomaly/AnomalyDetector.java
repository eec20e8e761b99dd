package io.tickformer.feedback.anomaly;

import io.tickformer.annotation.Internal;
import io.tickformer.event.UnknownFormatException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Scores how unusual each tick of one series is, from the forecasts that were published for it.
 * State of one series, of bounded size; mutable and not thread-safe.
 *
 * <p><b>What is measured.</b> Three deviations of a tick from forecast medians:
 *
 * <ol>
 *   <li>from the forecast made one tick before: a spike, or the first tick of a change;
 *   <li>from the forecast made a lead of up to 96 ticks before: a level or a pattern that newer
 *       forecasts have already followed;
 *   <li>the mean of the second over 16 ticks: a deviation that is small and lasts.
 * </ol>
 *
 * <p><b>How rare it is.</b> A deviation is compared to earlier deviations of the same kind and side
 * ({@link TailEstimate}). They are learned with a delay, so an event does not set its own scale.
 * The distribution is that of the series itself, so a heavy tail or a spike that returns every hour
 * makes large deviations ordinary. A deviation is in the unit of the series and not in widths of
 * the forecast interval: intervals widen at the first sign of trouble, and would hide the event
 * that they should show.
 *
 * <p><b>The score.</b> A rareness is {@code -log10 P}. The score of a tick is the largest of the
 * three plus a fifth of the others, which depend on each other. {@link EventRules} and {@link
 * AlarmThreshold} turn scores into alarms.
 *
 * <p>A missing tick has no forecast of its own. The tick after it is compared to the newest
 * forecast that was made for a tick before it, if that is not long ago ({@link
 * CarriedExpectation}).
 *
 * <p><b>Late readings.</b> A tick that a late reading changes is scored again ({@link #revise}), if
 * it is one of the newest {@value RecentExpectations#TICKS}: by the forecasts made for it and by
 * the deviations known today, which are still those from before it. Its new deviation takes the
 * place of the old one where that waits to be learned. A tick that was missing until then is scored
 * and not learned. Scores of other ticks stay as they are.
 */
@Internal
public final class AnomalyDetector {
    /** The longest lead in ticks. */
    private static final int LONGEST_LEAD = 96;

    /** The share of evidence beside the strongest. */
    private static final double BESIDE = 0.2;

    /** A score from which on the ticks after it are no news. */
    private static final double NEWS = 3;

    /** A score that is higher by this is news again: the deviation is four times as rare. */
    private static final double WORSE = 0.6;

    /** A score that is higher by this is alarming again: the deviation is ten times as rare. */
    private static final double MUCH_WORSE = 1;

    /** Version of the binary form. */
    private static final int VERSION = 1;

    private static final long NO_TICK = Long.MIN_VALUE;

    private final AnomalySettings settings;
    private final DeviationRarity near = new DeviationRarity();
    private final DeviationRarity far = new DeviationRarity();
    private final DeviationRarity lasting = new DeviationRarity();
    private final LastingDeviation newestFar = new LastingDeviation();
    private final RecentExpectations recent = new RecentExpectations();
    private final AlarmThreshold threshold;
    private final EventRules rules;
    private final EventRules news;

    /** Medians of the forecasts with the longest lead, by target tick; NaN if there is none. */
    private final double[] expectedFar;

    private final CarriedExpectation heldNear = new CarriedExpectation();
    private final CarriedExpectation heldFar = new CarriedExpectation();
    private long newest = NO_TICK;

    private AnomalyDetector(AnomalySettings settings, int lead) {
        this.settings = settings;
        this.threshold = new AlarmThreshold(settings.falseAlarmTicks());
        this.rules =
                new EventRules(
                        settings.count(), settings.duration(), settings.distance(), MUCH_WORSE);
        this.news = new EventRules(1, 1, settings.distance(), WORSE);
        this.expectedFar = new double[lead];
        Arrays.fill(expectedFar, Double.NaN);
    }

    /**
     * The detector of a series that has no ticks yet.
     *
     * @param horizon steps of the published forecasts, at least 1
     */
    public static AnomalyDetector of(AnomalySettings settings, int horizon) {
        return new AnomalyDetector(settings, Math.min(horizon, LONGEST_LEAD));
    }

    /** The horizon step, from 1, of the second median that {@link #expect} takes. */
    public int lead() {
        return expectedFar.length;
    }

    /**
     * Remembers a published forecast.
     *
     * @param tick at which it was issued; ignored unless it is the newest that {@link #observe}
     *     took
     * @param next its median for the next tick
     * @param ahead its median for the tick that is {@link #lead()} ticks later
     */
    public void expect(long tick, double next, double ahead) {
        if (tick == newest) {
            heldNear.put(tick + 1, next);
            expectedFar[slot(tick)] = ahead;
        }
    }

    /**
     * Scores the next tick.
     *
     * @param tick later than the ticks before; ticks in between count as missing
     * @param value NaN if the tick is missing
     */
    public AnomalyScore observe(long tick, double value) {
        if (newest != NO_TICK && tick > newest + 1) {
            pass(tick);
        }
        dueFar(tick);
        newest = tick;
        double expected = heldNear.at(tick);
        double ahead = heldFar.at(tick);
        recent.begin(tick, expected, ahead);
        if (!Double.isFinite(value)) {
            news.skip(1);
            AnomalyPhase state = rules.skip(1);
            return new AnomalyScore(
                    tick, value, expected, 0, true, false, threshold.value(), state);
        }
        double mean = newestFar.put(value - ahead);
        near.put(value - expected);
        far.put(value - ahead);
        lasting.put(mean);
        recent.put(
                tick,
                Double.isFinite(value - expected),
                Double.isFinite(value - ahead),
                Double.isFinite(mean));
        AnomalyScore evidence = evidence(tick, value, expected, ahead, mean);
        double limit = threshold.value();
        AnomalyPhase isNews = news.next(evidence.score(), NEWS);
        AnomalyPhase state = rules.next(evidence.score(), limit);
        threshold.follow(state == AnomalyPhase.ALARM);
        recent.setAlarmed(tick, state == AnomalyPhase.ALARM);
        return evidence.in(state, isNews != AnomalyPhase.ONGOING);
    }

    /**
     * Scores a recent tick again, because a late reading changed it.
     *
     * @param tick one of the newest {@value RecentExpectations#TICKS} that were observed; there is
     *     no evidence of others
     * @param value its value now, finite
     * @return its score now; its state is {@link AnomalyPhase#ALARM} if it has become an anomaly,
     *     {@link AnomalyPhase#CORRECTED} if it is one still and {@link AnomalyPhase#WITHDRAWN} if
     *     it is none any more
     */
    public AnomalyScore revise(long tick, double value) {
        if (newest == NO_TICK || tick > newest || newest - tick >= RecentExpectations.TICKS) {
            AnomalyPhase state = rules.skip(0);
            return new AnomalyScore(
                    tick, value, Double.NaN, 0, true, false, threshold.value(), state);
        }
        double expected = recent.near(tick);
        double ahead = recent.far(tick);
        near.weigh(value - expected);
        far.weigh(value - ahead);
        double mean =
                recent.isPut(tick)
                        ? replace(tick, value - expected, value - ahead)
                        : newestFar.meanWith(recent.putAfter(tick, newest), value - ahead);
        lasting.weigh(mean);
        AnomalyScore evidence = evidence(tick, value, expected, ahead, mean);
        boolean alarmed = recent.isAlarmed(tick);
        AnomalyPhase state =
                rules.revise((int) (newest - tick), evidence.score(), threshold.value(), alarmed);
        boolean alarms = state == AnomalyPhase.ALARM || state == AnomalyPhase.CORRECTED;
        threshold.revise(alarmed, alarms);
        recent.setAlarmed(tick, alarms);
        return evidence.in(state, state == AnomalyPhase.ALARM);
    }

    /**
     * Replaces the deviations of a tick, and the means that they are part of.
     *
     * @return the mean that ends with the tick
     */
    private double replace(long tick, double nearDeviation, double farDeviation) {
        if (recent.isNear(tick)) {
            near.replace(recent.nearAfter(tick, newest), nearDeviation);
        }
        if (recent.isFar(tick)) {
            far.replace(recent.farAfter(tick, newest), farDeviation);
        }
        newestFar.replace(recent.putAfter(tick, newest), farDeviation);
        for (long later = tick; later <= newest; later++) {
            if (recent.isLasting(later)) {
                lasting.replace(
                        recent.lastingAfter(later, newest),
                        newestFar.mean(recent.putAfter(later, newest)));
            }
        }
        return newestFar.mean(recent.putAfter(tick, newest));
    }

    private void pass(long tick) {
        long missing = tick - newest - 1;
        recent.clear();
        rules.skip(missing);
        news.skip(missing);
        for (long i = 1; i <= Math.min(missing, lead()); i++) {
            dueFar(newest + i);
        }
    }

    /** The far forecast of a tick comes due. */
    private void dueFar(long tick) {
        double expected = expectedFar[slot(tick)];
        expectedFar[slot(tick)] = Double.NaN;
        if (Double.isFinite(expected)) {
            heldFar.put(tick, expected);
        }
    }

    /**
     * How unusual a tick is whose deviations have been put, or weighed.
     *
     * @param next its forecast of one tick before
     * @param ahead its forecast of {@link #lead()} ticks before
     * @param mean mean deviation of the newest ticks
     */
    private AnomalyScore evidence(long tick, double value, double next, double ahead, double mean) {
        double first = of(near);
        double second = of(far);
        double third = of(lasting);
        double strongest = Math.max(first, Math.max(second, third));
        double score = strongest + BESIDE * (first + second + third - strongest);
        boolean isHigh = strongest == highestHigh();
        // What the deviation was measured from that stands out most.
        double expected = strongest == first ? next : strongest == second ? ahead : value - mean;
        return new AnomalyScore(
                tick,
                value,
                expected,
                score,
                isHigh,
                false,
                threshold.value(),
                AnomalyPhase.NORMAL);
    }

    private double of(DeviationRarity evidence) {
        return switch (settings.side()) {
            case HIGH -> evidence.high();
            case LOW -> evidence.low();
            case BOTH -> Math.max(evidence.high(), evidence.low());
        };
    }

    private double highestHigh() {
        return Math.max(near.high(), Math.max(far.high(), lasting.high()));
    }

    private int slot(long tick) {
        return Math.floorMod(tick, expectedFar.length);
    }

    /** Size of the binary form. */
    public int bytes() {
        return 1
                + Integer.BYTES
                + Long.BYTES
                + 2 * CarriedExpectation.bytes()
                + expectedFar.length * Double.BYTES
                + 3 * DeviationRarity.bytes()
                + LastingDeviation.bytes()
                + RecentExpectations.bytes()
                + AlarmThreshold.bytes()
                + 2 * EventRules.bytes();
    }

    /** Writes the state, beginning with the version of its form. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(expectedFar.length);
        out.writeLong(newest);
        heldNear.writeTo(out);
        heldFar.writeTo(out);
        for (double expected : expectedFar) {
            out.writeDouble(expected);
        }
        near.writeTo(out);
        far.writeTo(out);
        lasting.writeTo(out);
        newestFar.writeTo(out);
        recent.writeTo(out);
        threshold.writeTo(out);
        rules.writeTo(out);
        news.writeTo(out);
    }

    /**
     * Reads what {@link #writeTo} wrote. If forecasts have another horizon by now, the detector
     * starts anew.
     *
     * @throws UnknownFormatException if the version is unknown
     * @throws IOException if the bytes end early
     */
    public static AnomalyDetector readFrom(DataInput in, AnomalySettings settings, int horizon)
            throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw UnknownFormatException.of("the anomaly detector of a series", version, VERSION);
        }
        AnomalyDetector detector = new AnomalyDetector(settings, in.readInt());
        detector.newest = in.readLong();
        detector.heldNear.readFrom(in);
        detector.heldFar.readFrom(in);
        for (int i = 0; i < detector.expectedFar.length; i++) {
            detector.expectedFar[i] = in.readDouble();
        }
        detector.near.readFrom(in);
        detector.far.readFrom(in);
        detector.lasting.readFrom(in);
        detector.newestFar.readFrom(in);
        detector.recent.readFrom(in);
        detector.threshold.readFrom(in);
        detector.rules.readFrom(in);
        detector.news.readFrom(in);
        return detector.lead() == Math.min(horizon, LONGEST_LEAD)
                ? detector
                : of(settings, horizon);
    }
}
