package io.tickformer.benchmark.djl;

import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.Networks;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.training.OptimiserSettings;
import io.tickformer.training.OptimiserState;
import io.tickformer.training.TrainingStep;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A training step of Tickformer beside one of DJL with PyTorch: the same network, the same
 * parameters to start from, the same batch, in turns.
 *
 * <p>First the losses of both are compared over some steps, which shows that it is the same
 * network. Then steps are timed in interleaved pairs, so that whatever else the machine does meets
 * both, against PyTorch with the model's own GELU and with PyTorch's fused one. Dropout is off, as
 * the two draw their masks differently. Arguments: {@code --threads=N --pairs=N --batch=N --width=N
 * --horizon=N}.
 */
public final class StepBenchmark {
    private static final double LEARNING_RATE = 1e-3;
    private static final int COMPARED_STEPS = 30;
    private static final int WARM_UP = 5;

    private final ForecastSpec spec;
    private final int batch;
    private final RunnerOptions runner;
    private final OptimiserSettings settings = OptimiserSettings.DEFAULT.withDropout(0);
    private final float[] initial;
    private final Map<String, HostTensor> tensors = new LinkedHashMap<>();

    private StepBenchmark(ForecastSpec spec, int batch, int threads) {
        this.spec = spec;
        this.batch = batch;
        this.runner = new RunnerOptions(ExecutionProvider.CPU, threads);
        this.initial = Networks.of(spec).layout().initialise(1);
        Random random = new Random(1);
        int tokens = spec.tokens();
        int patch = spec.transformer().patchLength();
        put("values", random, false, batch, tokens, patch);
        put("observed", random, true, batch, tokens, patch);
        put("features", random, false, batch, tokens, spec.tokenFeatures());
        put("present", random, true, batch, tokens);
        put("targets", random, false, batch, tokens, spec.horizon());
        put("weights", random, true, batch, tokens, spec.horizon());
    }

    private void put(String name, Random random, boolean flags, long... shape) {
        HostTensor tensor = HostTensor.floats(shape);
        FloatBuffer elements = tensor.floats();
        while (elements.hasRemaining()) {
            double drawn = random.nextGaussian();
            elements.put(flags ? (drawn > -1.5 ? 1 : 0) : (float) drawn);
        }
        tensors.put(name, tensor);
    }

    public static void main(String[] arguments) {
        int threads = option(arguments, "threads", 1);
        // Read when PyTorch is loaded, once.
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        int width = option(arguments, "width", 32);
        ForecastSpec spec =
                ForecastSpec.streaming().tickMillis(3_600_000).patchLength(16).attentionWindow(12).horizon(option(arguments, "horizon", 96)).layers(3).width(width).heads(4).feedForwardWidth(4 * width).build();
        int batch = option(arguments, "batch", 32);
        StepBenchmark benchmark = new StepBenchmark(spec, batch, threads);
        System.out.printf(
                Locale.ROOT,
                "batch %d, %d tokens, width %d, horizon %d, %d parameters, %d threads%n",
                batch,
                spec.tokens(),
                width,
                spec.horizon(),
                benchmark.initial.length,
                threads);
        benchmark.compareLosses();
        int pairs = option(arguments, "pairs", 20);
        benchmark.time("PyTorch with the same GELU", false, pairs);
        benchmark.time("PyTorch with its fused GELU", true, pairs);
    }

    private static int option(String[] arguments, String name, int standard) {
        String prefix = "--" + name + "=";
        for (String argument : arguments) {
            if (argument.startsWith(prefix)) {
                return Integer.parseInt(argument.substring(prefix.length()));
            }
        }
        return standard;
    }

    private TrainingStep own() {
        return TrainingStep.open(
                spec, batch, settings, OptimiserState.startingFrom(initial.clone()), runner);
    }

    private double ownStep(TrainingStep step) {
        return step.step(tensors, LEARNING_RATE, new SplittableRandom(0)).loss();
    }

    private void compareLosses() {
        double largest = 0;
        double first = 0;
        double last = 0;
        try (TrainingStep own = own();
                PyTorchStep other = new PyTorchStep(spec, settings, initial, tensors, false)) {
            for (int i = 0; i < COMPARED_STEPS; i++) {
                last = ownStep(own);
                first = i == 0 ? last : first;
                largest = Math.max(largest, Math.abs(last / other.step(LEARNING_RATE) - 1));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "losses of %d steps, from %.6f to %.6f, differ by %.1e of themselves at most%n",
                COMPARED_STEPS,
                first,
                last,
                largest);
    }

    private void time(String against, boolean fusedGelu, int pairs) {
        double[] ownMillis = new double[pairs];
        double[] otherMillis = new double[pairs];
        double[] ratios = new double[pairs];
        try (TrainingStep own = own();
                PyTorchStep other = new PyTorchStep(spec, settings, initial, tensors, fusedGelu)) {
            for (int i = -WARM_UP; i < pairs; i++) {
                long start = System.nanoTime();
                ownStep(own);
                long between = System.nanoTime();
                other.step(LEARNING_RATE);
                long end = System.nanoTime();
                if (i >= 0) {
                    ownMillis[i] = (between - start) / 1e6;
                    otherMillis[i] = (end - between) / 1e6;
                    ratios[i] = ownMillis[i] / otherMillis[i];
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f ms against %.1f ms a step (best %.1f against %.1f); median ratio %.2f"
                        + " over %d pairs%n",
                against,
                median(ownMillis),
                median(otherMillis),
                least(ownMillis),
                least(otherMillis),
                median(ratios),
                pairs);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }
}
