package io.tickformer.benchmark.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import io.tickformer.context.Frame;
import io.tickformer.event.Forecast;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime called once for each record, by its own Java interface. */
final class OnnxRuntimeMap extends RichMapFunction<TickPiece, Forecast> {
    private static final long serialVersionUID = 1L;

    private final byte[] model;
    private final String spec;
    private transient WindowInputs inputs;
    private transient Answer answer;
    private transient OrtEnvironment environment;
    private transient OrtSession session;

    OnnxRuntimeMap(byte[] model, ForecastSpec spec) {
        this.model = model;
        this.spec = SpecJson.write(spec);
    }

    @Override
    public void open(OpenContext context) throws OrtException {
        inputs = new WindowInputs(SpecJson.read(spec));
        answer = new Answer(SpecJson.read(spec));
        environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(model, options);
        }
    }

    @Override
    public Forecast map(TickPiece tick) throws OrtException {
        Frame frame = inputs.encode(tick);
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, FloatBuffer> input : inputs.buffers().entrySet()) {
                tensors.put(
                        input.getKey(),
                        OnnxTensor.createTensor(
                                environment, input.getValue(), inputs.shape(input.getKey())));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                return answer.of(
                        tick, frame, floats(result, "quantiles"), floats(result, "mean"));
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static float[] floats(OrtSession.Result result, String name) {
        FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() throws OrtException {
        if (session != null) {
            session.close();
        }
    }
}
