package io.tickformer.feedback;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.UnknownFormatException;
import io.tickformer.feedback.anomaly.AnomalyDetector;
import io.tickformer.feedback.anomaly.AnomalyScore;
import io.tickformer.feedback.anomaly.AnomalySettings;
import io.tickformer.feedback.calibration.Calibration;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.ForecastPaths;
import io.tickformer.feedback.issued.IssuedForecasts;
import io.tickformer.feedback.issued.QuantileCurve;
import io.tickformer.feedback.issued.ScoredSteps;
import io.tickformer.feedback.issued.SimpleForecasts;
import io.tickformer.feedback.mixture.ForecastMixture;
import io.tickformer.feedback.score.RollingScores;
import io.tickformer.feedback.score.ScoredTarget;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What became of the forecasts of one series, and what follows from it for the next one. State of
 * one series; mutable and not thread-safe.
 *
 * <p>At each tick the caller first says what the tick brought ({@link #observe}), then asks for the
 * forecast to publish ({@link #issue}). So the state is a function of the stream of the series
 * alone, and a replay gives the same forecasts.
 */
@Internal
public final class SeriesFeedback {
    private static final long NO_TICK = Long.MIN_VALUE;

    /** Version of the binary form. */
    private static final int VERSION = 1;

    private final FeedbackPlan plan;
    private final FeedbackSettings settings;
    private final FeedbackShape shape;
    private final ScoredSteps steps;
    private final QuantileCurve curve;
    private final IssuedForecasts issued;
    @Nullable private AnomalyDetector anomalies; // null if ticks are not scored for them
    @Nullable private final ForecastMixture mixture; // null if forecasts are not mixed
    private final RecentValues recent = new RecentValues();
    private final RollingScores scores;
    private final Calibration calibration;
    private final double[] published; // Q, of the loaded forecast
    private final double[] uncalibrated; // Q, of the loaded forecast
    private int slot; // of the loaded forecast
    private long newest = NO_TICK;

    private SeriesFeedback(FeedbackPlan plan) {
        this.plan = plan;
        this.settings = plan.settings();
        this.shape = plan.shape();
        this.steps = shape.steps();
        this.curve = shape.curve();
        this.issued = new IssuedForecasts(steps, shape.levels());
        this.anomalies = detector(settings, shape);
        this.mixture = settings.mixed() ? new ForecastMixture(plan.mixture()) : null;
        this.scores = new RollingScores(shape);
        this.calibration = new Calibration(plan.calibration());
        this.published = new double[shape.levels()];
        this.uncalibrated = new double[shape.levels()];
    }

    @Nullable
    private static AnomalyDetector detector(FeedbackSettings settings, FeedbackShape shape) {
        return settings.anomalies() == null
                ? null
                : AnomalyDetector.of(settings.anomalies(), shape.horizon());
    }

    /** The feedback of a series that has no forecasts yet. */
    public static SeriesFeedback of(FeedbackPlan plan) {
        return new SeriesFeedback(plan);
    }

    /** The same of a series that shares its plan with no other. */
    public static SeriesFeedback of(FeedbackSettings settings, FeedbackShape shape) {
        return of(FeedbackPlan.of(settings, shape));
    }

    /**
     * A tick is over: compares its value to the forecasts that were made for it. Ticks come in
     * order and without gaps. After a gap, forecasts that wait for their targets are forgotten;
     * what was learned stays.
     *
     * @param value NaN if the tick is missing
     */
    public TickOutcome observe(long tick, double value) {
        if (newest != NO_TICK && tick != newest + 1) {
            issued.clear();
            recent.clear();
        }
        newest = tick;
        recent.put(tick, value);
        double[] positions = score(tick, Double.NaN, value);
        return new TickOutcome(
                tick, value, positions, anomalies == null ? null : anomalies.observe(tick, value));
    }

    /**
     * Observes the ticks before the next one as missing. After a longer gap than the horizon no
     * forecast waits for its target, and the ticks of the gap are left out.
     *
     * @param tick the next tick to be observed
     */
    public void skipTo(long tick) {
        if (newest < tick && newest >= tick - shape.horizon()) {
            for (long missing = newest + 1; missing < tick; missing++) {
                observe(missing, Double.NaN);
            }
        }
    }

    /**
     * A late reading changed a tick that was observed before, or was missing. Scores it again if it
     * is one of the newest {@link IssuedForecasts#REVISED_TICKS} ticks before the newest, or the
     * newest; an older tick changes nothing.
     */
    public TickOutcome revise(long tick, double value) {
        if (newest == NO_TICK
                || tick > newest
                || newest - tick > IssuedForecasts.REVISED_TICKS
                || !Double.isFinite(value)) {
            return new TickOutcome(tick, value, noPositions(), null);
        }
        double before = recent.at(tick);
        recent.put(tick, value);
        AnomalyScore anomaly =
                anomalies == null || before == value ? null : anomalies.revise(tick, value);
        return new TickOutcome(tick, value, score(tick, before, value), anomaly);
    }

    /**
     * Scores the forecasts that were made for a tick, and learns from them.
     *
     * @param before the value it was scored with; NaN if it was missing so far
     * @return where the value fell in them, by scored step
     */
    private double[] score(long tick, double before, double value) {
        double[] positions = noPositions();
        if (!Double.isFinite(value)) {
            return positions;
        }
        boolean isNew = !Double.isFinite(before);
        for (int i = 0; i < positions.length; i++) {
            if (load(i, tick)) {
                if (isNew) {
                    learn(i, value, tick);
                } else {
                    learnAgain(i, before, value, tick);
                }
                positions[i] = curve.scoreOf(published, 0, value);
            }
        }
        if (isNew) {
            calibration.endTick();
            if (mixture != null) {
                mixture.endTick();
            }
        }
        return positions;
    }

    /** Loads the forecast of a scored step that was made for a tick, if it is remembered. */
    private boolean load(int step, long tick) {
        slot = issued.find(step, tick - steps.step(step));
        if (slot == IssuedForecasts.NONE) {
            return false;
        }
        issued.published(slot, published);
        issued.uncalibrated(slot, uncalibrated);
        return true;
    }

    private void learn(int step, double value, long tick) {
        int age = Math.toIntExact(newest - tick);
        if (age == 0) {
            scores.age(step, steps.stride(step));
            scores.add(step, target(value));
        } else {
            scores.revise(step, target(value), age, Double.NaN);
        }
        if (settings.calibrated()) {
            calibration.learn(step, published, uncalibrated, value);
        }
        if (mixture != null) {
            mixture.observe(
                    step,
                    value,
                    issued.model(slot),
                    issued.naive(slot),
                    issued.seasonalNaive(slot),
                    uncalibrated[uncalibrated.length - 1] - uncalibrated[0]);
        }
    }

    private void learnAgain(int step, double before, double value, long tick) {
        scores.revise(step, target(value), Math.toIntExact(newest - tick), before);
        if (settings.calibrated()) {
            calibration.revise(step, published, before, value);
        }
    }

    private ScoredTarget target(double value) {
        return new ScoredTarget(published, issued.naive(slot), issued.seasonalNaive(slot), value);
    }

    private double[] noPositions() {
        double[] positions = new double[steps.count()];
        Arrays.fill(positions, Double.NaN);
        return positions;
    }

    /**
     * The forecast to publish. Remembers it until its targets come due.
     *
     * @param raw what the model said at the newest observed tick; if its values are not finite, the
     *     simple forecasts replace them
     * @param simple what the forecasters without parameters say at that tick
     */
    public Forecast issue(Forecast raw, SimpleForecasts simple) {
        ForecastPaths paths = plan.paths();
        paths.load(raw);
        boolean isFinite = paths.isFinite();
        boolean hasModel = isFinite && raw.quality() != ForecastQuality.FALLBACK;
        boolean isMixed = mixture != null && Double.isFinite(simple.naive());
        if (raw.tickIndex() != newest || (!isFinite && !isMixed)) {
            return raw;
        }
        if (isMixed) {
            if (!isFinite) {
                paths.fill(simple.naive());
            }
            mixture.mix(hasModel, paths, simple);
        }
        if (!paths.isFinite()) { // The values are near the largest there are.
            return raw;
        }
        remember(raw, hasModel, paths, simple);
        expect(isFinite, raw, paths);
        if (settings.calibrated()) {
            calibration.calibrate(paths);
        }
        rememberPublished(raw.tickIndex(), paths);
        boolean isFallback = isMixed && (!hasModel || isFallback());
        return raw.withValues(
                paths.copyQuantiles(),
                paths.mean().clone(),
                isFallback ? ForecastQuality.FALLBACK : raw.quality(),
                isCalibrated());
    }

    /**
     * Tells the detector what is expected of the next tick, and of a tick further ahead. It gets
     * the model's own forecast where there is one: a mixture soon follows what the detector should
     * find.
     */
    private void expect(boolean isFinite, Forecast raw, ForecastPaths mixed) {
        if (anomalies != null) {
            int median = curve.middle();
            int ahead = anomalies.lead() - 1;
            double[] medians = mixed.quantiles(median);
            anomalies.expect(
                    raw.tickIndex(),
                    isFinite ? raw.quantile(0, median) : medians[0],
                    isFinite ? raw.quantile(ahead, median) : medians[ahead]);
        }
    }

    /** Whether intervals rest on enough evidence to be called calibrated. */
    public boolean isCalibrated() {
        return settings.calibrated() && calibration.isCalibrated();
    }

    /** The scores of published forecasts by scored step. */
    public RollingScores scores() {
        return scores;
    }

    /** Whether the model is left out, on the evidence of its errors on this series. */
    public boolean isFallback() {
        return mixture != null && mixture.isFallback();
    }

    /**
     * Whether the series is forecast clearly worse than usual; false if forecasts are not mixed.
     */
    public boolean isDegraded() {
        return mixture != null && mixture.isDegraded();
    }

    /**
     * Recent errors of the model as a multiple of its usual errors; 1 while the series is young or
     * if forecasts are not mixed.
     */
    public double errorRatio() {
        return mixture == null ? 1 : mixture.errorRatio();
    }

    /** Which parts act on forecasts. */
    public FeedbackSettings settings() {
        return settings;
    }

    /** The horizon steps that are scored. */
    public ScoredSteps steps() {
        return steps;
    }

    /** The newest observed tick; {@link Long#MIN_VALUE} before the first. */
    public long newestTick() {
        return newest;
    }

    /** Size of the binary form. */
    public int bytes() {
        return 1 + 4 * Integer.BYTES + contentBytes();
    }

    /** Size of what follows the version, the shape and this size. */
    private int contentBytes() {
        return Long.BYTES
                + recent.bytes()
                + issued.bytes()
                + scores.bytes()
                + calibration.bytes()
                + 1
                + (anomalies == null ? 0 : anomalies.bytes())
                + 1
                + (mixture == null ? 0 : mixture.bytes());
    }

    private void remember(
            Forecast raw, boolean hasModel, ForecastPaths uncalibrated, SimpleForecasts simple) {
        int middle = curve.middle();
        double[] medians = uncalibrated.quantiles(middle);
        for (int i = 0; i < steps.count(); i++) {
            if (steps.isRemembered(i, raw.tickIndex())) {
                int step = steps.step(i) - 1;
                int slot = issued.open(i, raw.tickIndex(), medians[step]);
                issued.setUncalibrated(slot, uncalibrated, step);
                issued.setSimple(slot, simple.naive(), simple.seasonalNaive()[step]);
                issued.setModel(slot, hasModel ? raw.quantile(step, middle) : Double.NaN);
            }
        }
    }

    private void rememberPublished(long tick, ForecastPaths published) {
        for (int i = 0; i < steps.count(); i++) {
            int slot = issued.find(i, tick);
            if (slot != IssuedForecasts.NONE) {
                issued.setPublished(slot, published, steps.step(i) - 1);
            }
        }
    }

    /** Writes the state, beginning with the version of its form. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(shape.horizon());
        out.writeInt(shape.levels());
        out.writeInt(shape.season());
        out.writeInt(contentBytes());
        out.writeLong(newest);
        recent.writeTo(out);
        issued.writeTo(out);
        scores.writeTo(out);
        calibration.writeTo(out);
        out.writeBoolean(anomalies != null);
        if (anomalies != null) {
            anomalies.writeTo(out);
        }
        out.writeBoolean(mixture != null);
        if (mixture != null) {
            mixture.writeTo(out);
        }
    }

    /** Reads the state of a detector, and leaves it if anomalies are no longer scored. */
    private void readAnomalies(DataInput in) throws IOException {
        boolean isOn = anomalies != null;
        AnomalySettings wanted = isOn ? settings.anomalies() : AnomalySettings.DEFAULT;
        AnomalyDetector read = AnomalyDetector.readFrom(in, wanted, shape.horizon());
        anomalies = isOn ? read : null;
    }

    /**
     * Reads what {@link #writeTo} wrote. If the forecasts of the job have another shape by now, the
     * feedback starts anew.
     *
     * @throws UnknownFormatException if the version is unknown
     * @throws IOException if the bytes end early
     */
    public static SeriesFeedback readFrom(DataInput in, FeedbackPlan plan) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw UnknownFormatException.of("the feedback of a series", version, VERSION);
        }
        int horizon = in.readInt();
        int levels = in.readInt();
        int season = in.readInt();
        int contentBytes = in.readInt();
        SeriesFeedback feedback = new SeriesFeedback(plan);
        FeedbackShape shape = plan.shape();
        if (horizon != shape.horizon() || levels != shape.levels() || season != shape.season()) {
            in.readFully(new byte[contentBytes]);
            return feedback;
        }
        feedback.newest = in.readLong();
        feedback.recent.readFrom(in);
        feedback.issued.readFrom(in);
        feedback.scores.readFrom(in);
        feedback.calibration.readFrom(in);
        if (in.readBoolean()) {
            feedback.readAnomalies(in);
        }
        if (in.readBoolean()) {
            // If forecasts are no longer mixed, the state is read and left.
            ForecastMixture mixture =
                    feedback.mixture == null
                            ? new ForecastMixture(plan.mixture())
                            : feedback.mixture;
            mixture.readFrom(in);
        }
        return feedback;
    }
}
