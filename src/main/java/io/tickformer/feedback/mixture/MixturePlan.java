package io.tickformer.feedback.mixture;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.ScoredSteps;
import java.util.Arrays;

/**
 * What the mixtures of all series of one thread have in common: how each scored step learns, where
 * its numbers lie in the state of a series, and arrays in which a forecast is mixed.
 */
@Internal
public final class MixturePlan {
    /** S, the number of scored steps. */
    final int steps;

    /** Q, the number of levels. */
    final int levels;

    /** The position of the level nearest to the median. */
    final int middle;

    final MixtureWeights[] weights; // S
    final EvidenceAgainstModel[] tests; // S
    final ResidualQuantiles residuals;
    final Degradation degradation;
    final ForecastMixer mixer;

    /** One per forecaster, overwritten per target. */
    final double[] forecasts = new double[MixedForecasters.COUNT];

    private final int stepFloats;

    /**
     * @param shape of the forecasts; with a season of 1 tick, seasonal naive is naive
     */
    public MixturePlan(FeedbackShape shape) {
        ScoredSteps scored = shape.steps();
        this.steps = scored.count();
        this.levels = shape.levels();
        this.middle = shape.curve().middle();
        this.weights = new MixtureWeights[steps];
        this.tests = new EvidenceAgainstModel[steps];
        int[] strides = new int[steps];
        for (int i = 0; i < steps; i++) {
            strides[i] = scored.stride(i);
            double waiting = scored.step(i) / (double) strides[i];
            weights[i] = new MixtureWeights(waiting, shape.season() > 1);
            tests[i] = new EvidenceAgainstModel(waiting);
        }
        this.residuals = new ResidualQuantiles(shape.quantileLevels());
        this.degradation = new Degradation(strides, shape.season());
        this.mixer = new ForecastMixer(shape);
        this.stepFloats =
                MixtureWeights.FLOATS + EvidenceAgainstModel.FLOATS + 2 * residuals.floats();
    }

    /** Floats of the state of a series. */
    int floats() {
        return fallbackAt() + 1;
    }

    /** Lets a scored step begin anew. */
    void forget(float[] state, int position) {
        int from = weightsAt(position);
        Arrays.fill(state, from, from + stepFloats, 0);
    }

    /** Where the weights of a scored step begin. */
    int weightsAt(int position) {
        return position * stepFloats;
    }

    /** Where the test of a scored step begins. */
    int testAt(int position) {
        return weightsAt(position) + MixtureWeights.FLOATS;
    }

    /** Where the errors of a simple forecaster at a scored step begin. */
    int residualsAt(int position, int expert) {
        int simple = expert - MixedForecasters.NAIVE;
        return testAt(position) + EvidenceAgainstModel.FLOATS + simple * residuals.floats();
    }

    int degradationAt() {
        return steps * stepFloats;
    }

    /** Where it stands whether the model is left out: not 0 if it is. */
    int fallbackAt() {
        return degradationAt() + degradation.floats();
    }
}
