package io.tickformer.benchmark.peers;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;

import io.tickformer.context.Frame;
import io.tickformer.event.Forecast;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** DJL with its ONNX Runtime engine, called once for each record. */
final class DjlMap extends RichMapFunction<TickPiece, Forecast> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String spec;
    private transient WindowInputs inputs;
    private transient Answer answer;
    private transient ZooModel<NDList, NDList> model;
    private transient Predictor<NDList, NDList> predictor;

    DjlMap(Path file, ForecastSpec spec) {
        this.file = file.toString();
        this.spec = SpecJson.write(spec);
    }

    @Override
    public void open(OpenContext context)
            throws ModelNotFoundException, MalformedModelException, IOException {
        inputs = new WindowInputs(SpecJson.read(spec));
        answer = new Answer(SpecJson.read(spec));
        model =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optModelPath(Path.of(file))
                        .optEngine("OnnxRuntime")
                        .optOption("intraOpNumThreads", "1")
                        .optOption("interOpNumThreads", "1")
                        .optTranslator(new NoopTranslator())
                        .build()
                        .loadModel();
        predictor = model.newPredictor();
    }

    @Override
    public Forecast map(TickPiece tick) throws TranslateException {
        Frame frame = inputs.encode(tick);
        try (NDManager scratch = model.getNDManager().newSubManager()) {
            NDList list = new NDList();
            for (Map.Entry<String, FloatBuffer> input : inputs.buffers().entrySet()) {
                NDArray array =
                        scratch.create(
                                input.getValue(), new Shape(inputs.shape(input.getKey())));
                array.setName(input.getKey());
                list.add(array);
            }
            try (NDList result = predictor.predict(list)) {
                return answer.of(
                        tick,
                        frame,
                        result.get("quantiles").toFloatArray(),
                        result.get("mean").toFloatArray());
            }
        }
    }

    @Override
    public void close() {
        if (predictor != null) {
            predictor.close();
            model.close();
        }
    }
}
