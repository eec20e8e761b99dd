package io.tickformer.cli.backtest;

import io.tickformer.history.History;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ModelMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a model has learned from the very history it is judged on, as one trained without {@code
 * --split} has. Told by the fingerprint of the whole history; part of one, or more than one, has
 * another fingerprint and is not told.
 */
final class SeenBefore {
    private SeenBefore() {}

    /** A sentence for who reads the figures, if the file says that it learned from all of this. */
    static Optional<String> remark(Path modelFile, History whole) throws IOException {
        return ModelMetadata.fromProperties(OnnxFile.read(Files.readAllBytes(modelFile)).metadata())
                .filter(model -> model.trainingDataFingerprint().equals(whole.fingerprint()))
                .map(
                        model ->
                                "The model was trained on all of this history, what it is judged on"
                                        + " included, which flatters it; train it with --split to"
                                        + " keep a test part.");
    }
}
