package io.tickformer.cli.backtest;

import io.tickformer.history.History;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ModelMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Detects a model that was trained on the whole history it is tested on, as without {@code
 * --split}. It compares fingerprints of whole histories. It does not detect training on a part of
 * the history or on several histories.
 */
final class TrainingOverlap {
    private TrainingOverlap() {}

    /** A warning for readers of the figures if the model was trained on the whole history. */
    static Optional<String> remark(Path modelFile, History whole) throws IOException {
        return ModelMetadata.fromProperties(OnnxFile.read(Files.readAllBytes(modelFile)).metadata())
                .filter(model -> model.trainingDataFingerprint().equals(whole.fingerprint()))
                .map(
                        model ->
                                "The model was trained on the whole history, including the part it"
                                        + " is tested on, so these figures are too optimistic. Train"
                                        + " with --split to keep a test set.");
    }
}
