package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.Transformer;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestSpecs;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainingStepTest {
    private static final ForecastSpec SPEC = TestSpecs.streaming(60_000, 4, 3, 4, 2, 8, 2, 16);
    private static final int BATCH = 8;
    private static final double LEARNING_RATE = 0.01;

    @Test
    void theLossFallsWhereTheFutureFollowsFromThePast() {
        try (TrainingStep step = open(OptimiserSettings.DEFAULT.withDropout(0), initial());
                BatchExample example = new BatchExample(SPEC, BATCH, 1)) {
            Map<String, HostTensor> batch = example.floats();
            repeatLastValue(batch);
            double before = step.step(batch, LEARNING_RATE, new SplittableRandom(0)).loss();
            double after = before;
            for (int i = 0; i < 150; i++) {
                after = step.step(batch, LEARNING_RATE, new SplittableRandom(i)).loss();
            }

            assertThat(after).isLessThan(before / 4);
        }
    }

    /** The target at every step is the last value of the token. */
    private static void repeatLastValue(Map<String, HostTensor> batch) {
        FloatBuffer values = batch.get("values").floats();
        FloatBuffer observed = batch.get("observed").floats();
        FloatBuffer targets = batch.get("targets").floats();
        int patch = SPEC.transformer().patchLength();
        for (int token = 0; token < BATCH * SPEC.tokens(); token++) {
            observed.put(token * patch + patch - 1, 1);
            for (int h = 0; h < SPEC.horizon(); h++) {
                targets.put(token * SPEC.horizon() + h, values.get(token * patch + patch - 1));
            }
        }
    }

    @Test
    void twoRunsFromTheSameStartAreEqualBitForBit() {
        assertThat(statesAfter(5)).usingRecursiveComparison().isEqualTo(statesAfter(5));
    }

    @Test
    void aRunResumedFromItsStateGoesOnAsIfNeverStopped() {
        OptimiserState middle = run(initial(), 0, 3);

        assertThat(run(middle, 3, 6)).usingRecursiveComparison().isEqualTo(run(initial(), 0, 6));
    }

    private static OptimiserState statesAfter(int steps) {
        return run(initial(), 0, steps);
    }

    private static OptimiserState run(OptimiserState from, int first, int end) {
        try (TrainingStep step = open(OptimiserSettings.DEFAULT.withAverageDecay(0.9), from);
                BatchExample batch = new BatchExample(SPEC, BATCH, 1)) {
            Map<String, HostTensor> tensors = batch.floats();
            for (int i = first; i < end; i++) {
                step.step(tensors, LEARNING_RATE, new SplittableRandom(i));
            }
            assertThat(step.steps()).isEqualTo(end);
            return step.state();
        }
    }

    @Test
    void aStepWhoseLossIsNoNumberMovesNothing() {
        try (TrainingStep step = open(OptimiserSettings.DEFAULT, initial());
                BatchExample example = new BatchExample(SPEC, BATCH, 1)) {
            Map<String, HostTensor> batch = example.floats();
            batch.get("targets").floats().put(0, Float.NaN);

            TrainingStepResult result = step.step(batch, LEARNING_RATE, new SplittableRandom(0));

            assertThat(result.isFinite()).isFalse();
            assertThat(step.state()).usingRecursiveComparison().isEqualTo(initial());
        }
    }

    @Test
    void dropoutChangesTheLossAndItsAbsenceDoesNot() {
        assertThat(firstLoss(0.5, 1)).isNotEqualTo(firstLoss(0.5, 2));
        assertThat(firstLoss(0, 1)).isEqualTo(firstLoss(0, 2));
    }

    private static double firstLoss(double dropout, long seed) {
        try (TrainingStep step = open(OptimiserSettings.DEFAULT.withDropout(dropout), initial());
                BatchExample batch = new BatchExample(SPEC, BATCH, 1)) {
            return step.step(batch.floats(), LEARNING_RATE, new SplittableRandom(seed)).loss();
        }
    }

    @Test
    void evaluationFindsTheLossThatAStepWithoutDropoutFinds() {
        OptimiserSettings settings = OptimiserSettings.DEFAULT.withDropout(0);
        try (TrainingStep step = open(settings, initial());
                WindowScorer evaluation =
                        WindowScorer.open(
                                SPEC, BATCH, settings.meanWeight(), RunnerOptions.SERVING);
                BatchExample example = new BatchExample(SPEC, BATCH, 1);
                HostTensor units = HostTensor.floats(BATCH)) {
            Map<String, HostTensor> batch = example.floats();
            ofLastTokenOnly(batch.get("weights").floats());
            EvaluationSums found =
                    evaluation.evaluate(step.parameters(), lastTargets(batch), units);
            double loss = step.step(batch, LEARNING_RATE, new SplittableRandom(0)).loss();

            assertThat(found.scores().loss()).isCloseTo(loss, within(1e-5));
            assertThat(found.plus(found).scores().loss()).isCloseTo(loss, within(1e-5));
        }
    }

    private static void ofLastTokenOnly(FloatBuffer weights) {
        int row = SPEC.tokens() * SPEC.horizon();
        for (int i = 0; i < weights.capacity(); i++) {
            weights.put(i, i % row < row - SPEC.horizon() ? 0 : weights.get(i));
        }
    }

    /** The batch with targets and weights of the last token of each window. */
    private static Map<String, HostTensor> lastTargets(Map<String, HostTensor> batch) {
        Map<String, HostTensor> last = new LinkedHashMap<>(batch);
        int row = SPEC.tokens() * SPEC.horizon();
        for (String name : List.of("targets", "weights")) {
            float[] all = batch.get(name).toFloats();
            HostTensor own = HostTensor.floats(BATCH, 1, SPEC.horizon());
            for (int window = 0; window < BATCH; window++) {
                own.floats()
                        .put(
                                window * SPEC.horizon(),
                                all,
                                (window + 1) * row - SPEC.horizon(),
                                SPEC.horizon());
            }
            last.put(name, own);
        }
        return last;
    }

    @Test
    void theAverageFollowsTheParametersAndIsThemWithoutADecay() {
        OptimiserSettings settings = OptimiserSettings.DEFAULT.withDropout(0).withAverageDecay(0.5);
        try (TrainingStep step = open(settings, initial());
                TrainingStep plain = open(settings.withAverageDecay(0), initial());
                BatchExample example = new BatchExample(SPEC, BATCH, 1)) {
            Map<String, HostTensor> batch = example.floats();
            float[] expected = initial().parameters();
            for (int number = 1; number <= 20; number++) {
                step.step(batch, LEARNING_RATE, new SplittableRandom(0));
                plain.step(batch, LEARNING_RATE, new SplittableRandom(0));
                float[] parameters = step.parameters().toFloats();
                // The first steps forget faster: 1/10, 2/11, 3/12, ... until the decay is reached.
                double decay = Math.min(0.5, number / (9.0 + number));
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = (float) (decay * expected[i] + (1 - decay) * parameters[i]);
                }
                assertThat(plain.parameters().toFloats()).isEqualTo(parameters);
            }

            assertThat(step.average().toFloats()).containsExactly(expected, within(1e-6f));
            assertThat(step.average().toFloats()).isNotEqualTo(step.parameters().toFloats());
            assertThat(plain.average().toFloats()).isEqualTo(plain.parameters().toFloats());
        }
    }

    @Test
    void aStateOfUnequalLengthsIsRefused() {
        assertThatThrownBy(
                        () ->
                                new OptimiserState(
                                        new float[3], new float[3], new float[2], new float[3], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "3 parameters with moments of 3 and 2 elements and an average of 3");
    }

    private static OptimiserState initial() {
        return OptimiserState.initial(new Transformer(SPEC).layout(), 9);
    }

    private static TrainingStep open(OptimiserSettings settings, OptimiserState from) {
        return TrainingStep.open(SPEC, BATCH, settings, from, RunnerOptions.SERVING);
    }
}
