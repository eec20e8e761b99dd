package io.tickformer.inference;

import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.inference.window.ForeignEvaluator;
import io.tickformer.inference.window.WindowTensors;
import io.tickformer.onnx.OnnxCheck;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.SpecException;
import java.time.Duration;
import java.util.Optional;

/** Opens ONNX files as models: checks the file, finds its spec, and tries the model once. */
final class ModelLoader {
    private static final int VERSION_LENGTH = 12;

    private ModelLoader() {}

    /**
     * Opens a file.
     *
     * @param foreign the spec of a foreign model; null for a file that carries its own
     * @param patience how long the first forecasts may take
     * @throws InferenceException as {@link ForecastModel#open(byte[], ExecutionProvider)} says
     */
    static ForecastModel open(
            byte[] onnx, ForecastSpec foreign, ExecutionProvider provider, Duration patience) {
        OnnxFile file = readChecked(onnx, foreign);
        GraphRunner runner = GraphRunner.open(onnx, new RunnerOptions(provider, 1));
        try {
            ForecastModel model =
                    foreign == null
                            ? ownModel(runner, requireMetadata(file), file)
                            : foreignModel(runner, foreign, onnx);
            model.tryOut(patience);
            return model;
        } catch (RuntimeException | Error e) {
            // Errors too: direct memory may run out, and nothing else owns the session yet.
            runner.close();
            throw e;
        }
    }

    /** A network of ours must be as our files are; any other graph must be valid ONNX. */
    private static OnnxFile readChecked(byte[] onnx, ForecastSpec foreign) {
        try {
            OnnxFile file = OnnxFile.read(onnx);
            if (foreign == null
                    && requireMetadata(file).spec().architecture() instanceof NetworkArchitecture) {
                OnnxCheck.requireOwn(file);
            } else {
                OnnxCheck.require(file);
            }
            return file;
        } catch (OnnxException e) {
            throw new InferenceException(e.getMessage(), e);
        }
    }

    private static ModelMetadata requireMetadata(OnnxFile file) {
        Optional<ModelMetadata> metadata;
        try {
            metadata = ModelMetadata.fromProperties(file.metadata());
        } catch (SpecException e) {
            throw new InferenceException("the file's own spec is at fault: " + e.getMessage(), e);
        }
        return metadata.orElseThrow(
                () ->
                        new InferenceException(
                                "the ONNX file carries no Tickformer spec; for a model made"
                                        + " elsewhere, give a spec file (model.spec) that"
                                        + " names its inputs and outputs"));
    }

    private static ForecastModel ownModel(
            GraphRunner runner, ModelMetadata metadata, OnnxFile file) {
        ForecastSpec spec = metadata.spec();
        int fixedRows = 0;
        float[] weights = null;
        if (spec.architecture() instanceof ForeignArchitecture architecture) {
            fixedRows = ForeignEvaluator.check(runner, spec, architecture);
        } else {
            WindowTensors.check(runner, spec);
            weights = NetworkWeights.read(spec, file);
        }
        return new ForecastModel(
                runner, spec, metadata.name(), metadata.version(), fixedRows, weights);
    }

    private static ForecastModel foreignModel(GraphRunner runner, ForecastSpec spec, byte[] onnx) {
        if (!(spec.architecture() instanceof ForeignArchitecture architecture)) {
            throw new InferenceException(
                    "the given spec describes a network of Tickformer's own, whose file carries"
                            + " its spec itself; expected kind foreign");
        }
        int fixedRows = ForeignEvaluator.check(runner, spec, architecture);
        String name = runner.graphName().isBlank() ? "foreign" : runner.graphName();
        String version = ContentHash.of(onnx).substring(0, VERSION_LENGTH);
        return new ForecastModel(runner, spec, name, version, fixedRows, null);
    }
}
