package io.tickformer.training;

import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.model.TokenInputs;
import io.tickformer.spec.ForecastSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** A batch drawn at random, with missing values, absent tokens and unequal weights. */
final class BatchExample implements AutoCloseable {
    private final int size;
    private final Map<String, double[]> elements = new LinkedHashMap<>();
    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final Map<String, HostTensor> opened = new LinkedHashMap<>();

    BatchExample(ForecastSpec spec, int size, long seed) {
        this.size = size;
        Random random = new Random(seed);
        long tokens = spec.tokens();
        long patch = spec.tokenValues();
        put(TokenInputs.VALUES, random::nextGaussian, size, tokens, patch);
        put(TokenInputs.OBSERVED, () -> random.nextInt(5) == 0 ? 0 : 1, size, tokens, patch);
        put(TokenInputs.FEATURES, random::nextGaussian, size, tokens, spec.tokenFeatures());
        put(TokenInputs.PRESENT, () -> random.nextInt(6) == 0 ? 0 : 1, size, tokens);
        put(TrainingGraphs.TARGETS, random::nextGaussian, size, tokens, spec.outputSteps());
        put(
                TrainingGraphs.WEIGHTS,
                () -> random.nextInt(4) == 0 ? 0 : random.nextDouble(),
                size,
                tokens,
                spec.outputSteps());
        if (spec.recentTicks() > 0) {
            put(TokenInputs.RECENT, random::nextGaussian, size, tokens, spec.recentValues());
        }
    }

    private void put(String name, DoubleSupplier element, long... shape) {
        long count = 1;
        for (long dimension : shape) {
            count *= dimension;
        }
        double[] drawn = new double[Math.toIntExact(count)];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = element.getAsDouble();
        }
        elements.put(name, drawn);
        shapes.put(name, shape);
    }

    int size() {
        return size;
    }

    /** Names in the order of the inputs. */
    Iterable<String> names() {
        return elements.keySet();
    }

    double[] elements(String name) {
        return elements.get(name);
    }

    long[] shape(String name) {
        return shapes.get(name);
    }

    /** The batch as float tensors, closed with this. */
    Map<String, HostTensor> floats() {
        elements.forEach(
                (name, values) -> {
                    HostTensor tensor = HostTensor.floats(shapes.get(name));
                    for (int i = 0; i < values.length; i++) {
                        tensor.floats().put(i, (float) values[i]);
                    }
                    opened.put(name, tensor);
                });
        return opened;
    }

    /** The batch as double tensors, closed with this. */
    Map<String, HostTensor> doubles() {
        elements.forEach(
                (name, values) -> opened.put(name, HostTensor.of(values, shapes.get(name))));
        return opened;
    }

    @Override
    public void close() {
        opened.values().forEach(HostTensor::close);
    }
}
