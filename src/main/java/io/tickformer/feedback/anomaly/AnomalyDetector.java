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
 * <p>A tick that is revised later keeps its score.
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

    private static final int VERSION = 1;
    private static final long NO_TICK = Long.MIN_VALUE;

    private final AnomalySettings settings;
    private final DeviationRarity near = new DeviationRarity();
    private final DeviationRarity far = new DeviationRarity();
    private final DeviationRarity lasting = new DeviationRarity();
    private final LastingDeviation newestFar = new LastingDeviation();
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
        return scored(tick, value, expected, ahead, mean);
    }

    private void pass(long tick) {
        long missing = tick - newest - 1;
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
     * Scores a tick whose deviations have been put.
     *
     * @param next its forecast of one tick before
     * @param ahead its forecast of {@link #lead()} ticks before
     * @param mean mean deviation of the newest ticks
     */
    private AnomalyScore scored(long tick, double value, double next, double ahead, double mean) {
        double first = of(near);
        double second = of(far);
        double third = of(lasting);
        double strongest = Math.max(first, Math.max(second, third));
        double score = strongest + BESIDE * (first + second + third - strongest);
        boolean isHigh = strongest == highestHigh();
        // What the deviation was measured from that stands out most.
        double expected = strongest == first ? next : strongest == second ? ahead : value - mean;
        double limit = threshold.value();
        AnomalyPhase isNews = news.next(score, NEWS);
        AnomalyPhase state = rules.next(score, limit);
        threshold.follow(state == AnomalyPhase.ALARM);
        return new AnomalyScore(
                tick, value, expected, score, isHigh, isNews != AnomalyPhase.ONGOING, limit, state);
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
        detector.threshold.readFrom(in);
        detector.rules.readFrom(in);
        detector.news.readFrom(in);
        return detector.lead() == Math.min(horizon, LONGEST_LEAD)
                ? detector
                : of(settings, horizon);
    }
}
