package io.tickformer.inference.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tickformer.annotation.Internal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs an ONNX graph: named tensors in, named tensors out.
 *
 * <p>{@link #run} may be called from many threads at once. {@link #close} must come after the last
 * of them has returned; closing again does nothing.
 */
@Internal
public final class GraphRunner implements AutoCloseable {
    private final OrtSession session;
    private final ExecutionProvider provider;
    private final Duration patience; // null for runs of any length
    private final AtomicBoolean closed;

    private GraphRunner(OrtSession session, ExecutionProvider provider) {
        this(session, provider, null, new AtomicBoolean());
    }

    private GraphRunner(
            OrtSession session,
            ExecutionProvider provider,
            Duration patience,
            AtomicBoolean closed) {
        this.session = session;
        this.provider = provider;
        this.patience = patience;
        this.closed = closed;
    }

    /**
     * Opens a graph.
     *
     * @param onnx the bytes of the ONNX file
     * @throws InferenceException if the provider is not there or the bytes are no valid graph
     */
    public static GraphRunner open(byte[] onnx, RunnerOptions options) {
        return ProviderSelection.open(onnx, options, GraphRunner::new);
    }

    /** The same graph with a time limit for each run. It is closed with this one. */
    public GraphRunner within(Duration limit) {
        return new GraphRunner(session, provider, limit, closed);
    }

    /** The inputs the graph declares, in its order. */
    public Map<String, TensorSignature> inputs() {
        try {
            return signatures(session.getInputInfo());
        } catch (OrtException e) {
            throw failed("its inputs cannot be read", e);
        }
    }

    /** The outputs the graph declares, in its order. */
    public Map<String, TensorSignature> outputs() {
        try {
            return signatures(session.getOutputInfo());
        } catch (OrtException e) {
            throw failed("its outputs cannot be read", e);
        }
    }

    /** The metadata properties of the file. */
    public Map<String, String> metadata() {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw failed("its metadata cannot be read", e);
        }
    }

    /** The name of the graph in the file; may be empty. */
    public String graphName() {
        try {
            return session.getMetadata().getGraphName();
        } catch (OrtException e) {
            throw failed("its metadata cannot be read", e);
        }
    }

    /** The execution provider: the CPU or the GPU, never {@link ExecutionProvider#AUTO}. */
    public ExecutionProvider provider() {
        return provider;
    }

    /**
     * Runs the graph and writes to tensors of the caller. Only the given outputs are computed.
     *
     * @param inputs every input of the graph
     * @param outputs tensors to write to, each of the shape that the graph gives it
     * @throws InferenceException if a name, type or shape does not fit, or an op fails
     */
    public void run(Map<String, HostTensor> inputs, Map<String, HostTensor> outputs) {
        prepare(inputs, outputs).run();
    }

    /**
     * Prepares runs over tensors of the caller, which must stay open. Only the given outputs are
     * computed.
     *
     * @param inputs every input of the graph
     * @param outputs tensors to write to, each of the shape that the graph gives it
     */
    public Call prepare(Map<String, HostTensor> inputs, Map<String, HostTensor> outputs) {
        return new Call(tensors(inputs), tensors(outputs));
    }

    /** A run over certain tensors, which can be repeated. */
    public final class Call {
        private final Map<String, OnnxTensor> inputs;
        private final Map<String, OnnxTensor> outputs;

        private Call(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
            this.inputs = inputs;
            this.outputs = outputs;
        }

        /**
         * Runs the graph into the output tensors.
         *
         * @throws InferenceException if a name, type or shape does not fit, or an op fails
         */
        public void run() {
            requireOpen();
            if (patience != null) {
                runWithin(inputs, outputs);
                return;
            }
            try {
                // Pinned outputs are written in place, and closing the result leaves them open.
                session.run(inputs, outputs).close();
            } catch (OrtException e) {
                throw failed("the run failed", e);
            }
        }
    }

    private void runWithin(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
        try (OrtSession.RunOptions options = new OrtSession.RunOptions();
                RunLimit limit = new RunLimit(options, patience)) {
            try {
                session.run(inputs, Set.of(), outputs, options).close();
            } catch (OrtException e) {
                throw limit.isExceeded()
                        ? new InferenceException(
                                "the ONNX graph: the run did not end within %d s"
                                        .formatted(patience.toSeconds()),
                                e)
                        : failed("the run failed", e);
            }
        } catch (OrtException e) {
            throw failed("a run cannot be prepared", e);
        }
    }

    /**
     * Runs the graph and returns copies of all its outputs, in the graph's order; for outputs of
     * unknown shape and for tests.
     */
    public Map<String, HostTensor> run(Map<String, HostTensor> inputs) {
        requireOpen();
        try (OrtSession.Result result = session.run(tensors(inputs))) {
            Map<String, HostTensor> outputs = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                outputs.put(output.getKey(), HostTensor.copyOf((OnnxTensor) output.getValue()));
            }
            return outputs;
        } catch (OrtException e) {
            throw failed("the run failed", e);
        }
    }

    /** Releases the session. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                session.close();
            } catch (OrtException e) {
                throw failed("it cannot be closed", e);
            }
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the graph is run after it was closed");
        }
    }

    private static Map<String, OnnxTensor> tensors(Map<String, HostTensor> named) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        named.forEach((name, tensor) -> tensors.put(name, tensor.tensor()));
        return tensors;
    }

    private static Map<String, TensorSignature> signatures(Map<String, NodeInfo> nodes) {
        Map<String, TensorSignature> signatures = new LinkedHashMap<>();
        nodes.forEach((name, node) -> signatures.put(name, TensorSignature.of(node)));
        return signatures;
    }

    private static InferenceException failed(String what, OrtException e) {
        return new InferenceException("the ONNX graph: " + what + ": " + OrtMessages.of(e), e);
    }
}
