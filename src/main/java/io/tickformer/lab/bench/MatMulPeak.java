package io.tickformer.lab.bench;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.onnx.OnnxWriter;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * The floating-point rate of this process in a large product of square matrices, by ONNX Runtime on
 * one thread. It is the reference for the rate of a model. It stays open, so that measurements can
 * be interleaved with others.
 */
final class MatMulPeak implements AutoCloseable {
    private static final int SIZE = 512;
    private static final double OPERATIONS = 2.0 * SIZE * SIZE * SIZE;

    private final GraphRunner runner;
    private final HostTensor left = HostTensor.floats(SIZE, SIZE);
    private final HostTensor product = HostTensor.floats(SIZE, SIZE);
    private final Map<String, HostTensor> inputs = Map.of("left", left);
    private final Map<String, HostTensor> outputs = Map.of("product", product);
    private final LongSupplier nanoTime;

    MatMulPeak(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        Random random = new Random(1);
        GraphBuilder g = new GraphBuilder();
        Tensor x = g.input("left", Shape.of(SIZE, SIZE));
        float[] right = new float[SIZE * SIZE];
        FloatBuffer values = left.floats();
        for (int i = 0; i < right.length; i++) {
            right[i] = (float) random.nextGaussian();
            values.put((float) random.nextGaussian());
        }
        Tensor weights = g.initializer("right", TensorData.floats(Shape.of(SIZE, SIZE), right));
        g.output("product", g.matMul(x, weights));
        runner = GraphRunner.open(OnnxWriter.write(g.build(), Map.of()), RunnerOptions.SERVING);
    }

    /** The rate of one product in 10^9 operations per second. */
    double gflops() {
        long start = nanoTime.getAsLong();
        runner.run(inputs, outputs);
        return OPERATIONS / (nanoTime.getAsLong() - start);
    }

    @Override
    public void close() {
        runner.close();
        left.close();
        product.close();
    }
}
