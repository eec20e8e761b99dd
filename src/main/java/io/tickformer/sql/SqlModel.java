package io.tickformer.sql;

import io.tickformer.annotation.Nullable;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.onnx.OnnxCheck;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.SpecException;
import java.time.Duration;

/**
 * A model file as a statement names it. It is read where the statement is planned and travels with
 * the job, so the TaskManagers need no access to the file. ONNX Runtime is not used here: its
 * native library would stay in the process of the SQL client or gateway.
 *
 * @param onnx the bytes of the file, with the ticks that the statement asks for
 * @param spec of these bytes
 */
record SqlModel(byte[] onnx, ForecastSpec spec) {
    /** The ticks that a statement asks for; null where it says nothing. */
    record Ticks(
            @Nullable Duration length,
            @Nullable TickAggregate aggregate,
            @Nullable EmptyTickPolicy empty) {
        static final Ticks OF_THE_MODEL = new Ticks(null, null, null);
    }

    /**
     * Reads a file.
     *
     * @param path a path, or a URI such as {@code s3://bucket/model.onnx}
     * @throws SqlArgumentException if it cannot be read, is no model, or does not take these ticks
     */
    static SqlModel read(String path, Ticks ticks) {
        byte[] file = ModelFiles.read(path);
        try {
            byte[] ofTick =
                    ticks.length() == null
                            ? file
                            : ModelTickRewriter.change(file, ticks.length().toMillis());
            byte[] onnx = ModelTickRewriter.change(ofTick, ticks.aggregate(), ticks.empty());
            return new SqlModel(onnx, checkedSpec(onnx));
        } catch (InferenceException | OnnxException | SpecException e) {
            throw new SqlArgumentException("the model %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static ForecastSpec checkedSpec(byte[] onnx) {
        OnnxFile file = OnnxFile.read(onnx);
        ForecastSpec spec =
                ModelMetadata.fromProperties(file.metadata())
                        .orElseThrow(
                                () ->
                                        new OnnxException(
                                                "the ONNX file carries no Tickformer spec; expected"
                                                        + " a file that 'tickformer train' wrote"))
                        .spec();
        if (spec.architecture() instanceof NetworkArchitecture) {
            OnnxCheck.requireOwn(file);
        } else {
            OnnxCheck.require(file);
        }
        return spec;
    }
}
