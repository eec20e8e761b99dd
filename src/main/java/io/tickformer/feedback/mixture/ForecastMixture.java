package io.tickformer.feedback.mixture;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.issued.ForecastPaths;
import io.tickformer.feedback.issued.SimpleForecasts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Mixes the forecast of a model with naive and seasonal naive, as their past errors on this series
 * suggest. State of one series; mutable and not thread-safe.
 *
 * <p><b>Mixture.</b> Each published quantile is the weighted mean of the three forecasters'
 * quantiles of the same level (Vincent averaging), and so is the mean. {@link MixtureWeights} says
 * how weights are learned, for each scored step apart; weights between two scored steps are
 * interpolated. Naive and seasonal naive are single values. Their quantiles are that value plus the
 * {@linkplain ResidualQuantiles quantiles of their own past errors}, moved so that the value is the
 * median. While such errors are few, the spread of the model's forecast stands in for them.
 *
 * <p><b>Fallback.</b> If {@linkplain EvidenceAgainstModel evidence} shows that the model is worse
 * than the better simple forecaster, mean over the scored steps, and its weights are small, the
 * model is left out altogether. It comes back when its weights, which are learned on meanwhile,
 * have grown again. A model whose answer is not finite is left out of that one forecast, and
 * nothing is learned about it.
 *
 * <p><b>State</b> is one array of floats, S (2 Q + 54) + 3 of them for S scored steps and Q levels:
 * 2,188 bytes at S = 8 and Q = 7.
 */
@Internal
public final class ForecastMixture {
    /** Fallback begins at this logarithm of the wealth, mean over scored steps: odds of 8,100. */
    private static final double EVIDENCE = 9;

    /** Fallback begins only if the weight of the model, mean over scored steps, is at most this. */
    private static final double LITTLE_WEIGHT = 0.2;

    /** Fallback ends where that weight is at least this. */
    private static final double MUCH_WEIGHT = 0.7;

    /** So many errors of a simple forecaster weigh as much as the spread of the model. */
    private static final double YOUNG_ERRORS = 20;

    private final MixturePlan plan;
    private final float[] state;
    private final BelievedLastValue lastValue = new BelievedLastValue();

    /** A mixture of a series without forecasts yet. */
    public ForecastMixture(MixturePlan plan) {
        this.plan = plan;
        this.state = new float[plan.floats()];
    }

    /**
     * Learns from a target that came due.
     *
     * @param position of the scored step
     * @param value of the target, finite
     * @param model the model's median; NaN if its answer was not finite
     * @param naive the forecast of naive; NaN if there was none, then nothing is learned
     * @param seasonal the forecast of seasonal naive; NaN if there was none
     * @param width distance of the outermost quantiles that were mixed for the target
     */
    public void observe(
            int position, double value, double model, double naive, double seasonal, double width) {
        if (!Double.isFinite(naive)) {
            return;
        }
        int errors = plan.residualsAt(position, MixedForecasters.NAIVE);
        double most = AbsurdForecasts.mostError(plan.residuals.count(state, errors), width);
        learn(
                position,
                value,
                value - AbsurdForecasts.within(most, value - model),
                value - AbsurdForecasts.within(most, value - naive),
                value - AbsurdForecasts.within(most, value - seasonal));
        if (Double.isFinite(model)) {
            // As it is: forecasts of a context that has just begun may be far too narrow.
            plan.degradation.add(state, plan.degradationAt(), position, Math.abs(value - model));
        }
    }

    private void learn(int position, double value, double model, double naive, double seasonal) {
        boolean hasSeasonal = Double.isFinite(seasonal);
        plan.residuals.add(
                state, plan.residualsAt(position, MixedForecasters.NAIVE), value - naive);
        if (hasSeasonal) {
            plan.residuals.add(
                    state, plan.residualsAt(position, MixedForecasters.SEASONAL), value - seasonal);
        }
        if (!Double.isFinite(model)) {
            return;
        }
        plan.forecasts[MixedForecasters.MODEL] = model;
        plan.forecasts[MixedForecasters.NAIVE] = naive;
        plan.forecasts[MixedForecasters.SEASONAL] = hasSeasonal ? seasonal : naive;
        double error = Math.abs(value - model);
        int at = plan.weightsAt(position);
        double better =
                plan.weights[position].of(state, at, MixedForecasters.SEASONAL)
                                > plan.weights[position].of(state, at, MixedForecasters.NAIVE)
                        ? plan.forecasts[MixedForecasters.SEASONAL]
                        : naive;
        plan.weights[position].add(state, at, value, plan.forecasts);
        if (plan.weights[position].isFalseStart(state, at)) {
            plan.forget(state, position);
            return;
        }
        double unit = plan.weights[position].unit(state, at);
        if (unit > 0) {
            plan.tests[position].add(
                    state, plan.testAt(position), (error - Math.abs(value - better)) / unit);
        }
    }

    /**
     * All targets of a tick have been observed: decides on the fallback.
     *
     * @return whether the fallback began or ended
     */
    public boolean endTick() {
        double weight = 0;
        double evidence = 0;
        for (int i = 0; i < plan.steps; i++) {
            weight +=
                    plan.weights[i].of(state, plan.weightsAt(i), MixedForecasters.MODEL)
                            / plan.steps;
            evidence += plan.tests[i].evidence(state, plan.testAt(i)) / plan.steps;
        }
        boolean before = isFallback();
        boolean begins = !before && evidence >= EVIDENCE && weight <= LITTLE_WEIGHT;
        boolean ends = before && weight >= MUCH_WEIGHT;
        if (begins || ends) {
            state[plan.fallbackAt()] = begins ? 1 : 0;
            for (int i = 0; i < plan.steps; i++) {
                plan.tests[i].reset(state, plan.testAt(i));
            }
        }
        return begins || ends;
    }

    /** Whether the model is left out, on the evidence of its errors. */
    public boolean isFallback() {
        return state[plan.fallbackAt()] != 0;
    }

    /** The weight that the errors give to the model at a scored step, 0 to 1. */
    public double modelWeight(int position) {
        return weight(position, MixedForecasters.MODEL);
    }

    /** The weight of a forecaster at a scored step. */
    double weight(int position, int expert) {
        return plan.weights[position].of(state, plan.weightsAt(position), expert);
    }

    /**
     * Recent errors of the model as a multiple of its usual errors; 1 while the series is young.
     */
    public double errorRatio() {
        return plan.degradation.ratio(state, plan.degradationAt());
    }

    /** Whether the series is forecast clearly worse than usual. */
    public boolean isDegraded() {
        return errorRatio() >= Degradation.DEGRADED;
    }

    /**
     * Mixes a forecast in place with the simple ones, of which naive is finite.
     *
     * @param hasModel whether the model gave a finite forecast; if not, it is left out
     * @param forecast of the model on entry, of the mixture on return; without a model a finite
     *     stand-in, of which only the spread is used
     */
    public void mix(boolean hasModel, ForecastPaths forecast, SimpleForecasts simple) {
        double unit = plan.weights[0].unit(state, plan.weightsAt(0));
        double next = hasModel ? forecast.quantiles(plan.middle)[0] : Double.NaN;
        double last = lastValue.believed(simple.naive(), unit, next);
        boolean withModel = hasModel && !isFallback();
        plan.mixer.clear();
        for (int i = 0; i < plan.steps; i++) {
            prepare(i, withModel);
        }
        plan.mixer.mix(forecast, last, simple.seasonalNaive());
    }

    /** Computes the factors of a scored step. */
    private void prepare(int position, boolean withModel) {
        int at = plan.weightsAt(position);
        double unit = plan.weights[position].unit(state, at);
        plan.mixer.set(position, ForecastMixer.REACH, AbsurdForecasts.reach(unit));
        if (withModel && !(unit > 0)) {
            // Nothing says yet whether the last value is absurd.
            plan.mixer.set(position, MixedForecasters.MODEL, 1);
            return;
        }
        int first = withModel ? MixedForecasters.MODEL : MixedForecasters.NAIVE;
        double sum = 0;
        for (int k = first; k < MixedForecasters.COUNT; k++) {
            sum += plan.weights[position].of(state, at, k);
        }
        for (int k = first; k < MixedForecasters.COUNT; k++) {
            double alone = k == MixedForecasters.NAIVE ? 1 : 0;
            double weight = sum > 0 ? plan.weights[position].of(state, at, k) / sum : alone;
            plan.mixer.set(position, k, weight);
            if (k != MixedForecasters.MODEL) {
                addSpread(position, k, weight);
            }
        }
    }

    /** Adds the weighted spread of a simple forecaster to the factors of a scored step. */
    private void addSpread(int position, int expert, double weight) {
        int from = plan.residualsAt(position, expert);
        double count = plan.residuals.count(state, from);
        double own = weight * count / (count + YOUNG_ERRORS);
        plan.mixer.add(position, ForecastMixer.SPREAD, weight - own);
        double centre = plan.residuals.quantile(state, from, plan.middle);
        for (int i = 0; i < plan.levels; i++) {
            plan.mixer.add(
                    position,
                    ForecastMixer.OWN + i,
                    own * (plan.residuals.quantile(state, from, i) - centre));
        }
    }

    /** Size of the binary form. */
    public int bytes() {
        return Integer.BYTES + state.length * Float.BYTES + BelievedLastValue.bytes();
    }

    /** Writes the state, without a version. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(state.length);
        for (float value : state) {
            out.writeFloat(value);
        }
        lastValue.writeTo(out);
    }

    /** Reads what {@link #writeTo} wrote. The state of another shape is skipped. */
    public void readFrom(DataInput in) throws IOException {
        int length = in.readInt();
        boolean fits = length == state.length;
        for (int i = 0; i < length; i++) {
            float value = in.readFloat();
            if (fits) {
                state[i] = value;
            }
        }
        lastValue.readFrom(in);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ForecastMixture that
                && Arrays.equals(state, that.state)
                && lastValue.equals(that.lastValue);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(state);
    }
}
