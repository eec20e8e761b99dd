package io.tickformer.cli.inspect;

import io.tickformer.annotation.Internal;
import io.tickformer.console.ModelFileReader;
import io.tickformer.console.UserError;
import io.tickformer.inference.ContentHash;
import io.tickformer.model.Networks;
import io.tickformer.onnx.OnnxContents;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.onnx.OperationCount;
import io.tickformer.onnx.StoredTensor;
import io.tickformer.operator.ContextStateBytes;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The contents of a model file, read without running it. */
@Internal
public final class ModelFacts {
    private final Path path;
    private final byte[] bytes;
    private final OnnxFile file;
    private final OnnxContents contents;
    private final ModelMetadata metadata;
    private final ForecastSpec spec;

    private ModelFacts(
            Path path, byte[] bytes, OnnxFile file, ModelMetadata metadata, ForecastSpec spec) {
        this.path = path;
        this.bytes = bytes;
        this.file = file;
        this.contents = file.contents();
        this.metadata = metadata;
        this.spec = spec;
    }

    /**
     * Reads a file.
     *
     * @param foreign spec of a model from another tool, or null
     * @throws UserError if it is not an ONNX file, or its spec cannot be read
     * @throws IOException if the file cannot be read
     */
    public static ModelFacts read(Path path, ForecastSpec foreign) throws IOException {
        byte[] bytes = ModelFileReader.read(path);
        try {
            OnnxFile file = OnnxFile.read(bytes);
            ModelMetadata metadata = ModelMetadata.fromProperties(file.metadata()).orElse(null);
            ForecastSpec spec = foreign == null && metadata != null ? metadata.spec() : foreign;
            return new ModelFacts(path, bytes, file, metadata, spec);
        } catch (OnnxException | SpecException e) {
            throw new UserError(path + ": " + e.getMessage(), e);
        }
    }

    /** The file's path as given. */
    public Path path() {
        return path;
    }

    byte[] bytes() {
        return bytes;
    }

    OnnxFile file() {
        return file;
    }

    OnnxContents contents() {
        return contents;
    }

    /** The metadata, if the file contains a spec. */
    public Optional<ModelMetadata> metadata() {
        return Optional.ofNullable(metadata);
    }

    /** The given spec, or else that of the file. */
    public Optional<ForecastSpec> spec() {
        return Optional.ofNullable(spec);
    }

    /** Size of the file in bytes. */
    public long size() {
        return bytes.length;
    }

    /** SHA-256 of the file, in hexadecimal. */
    public String sha256() {
        return ContentHash.of(bytes);
    }

    /**
     * The learned tensors. For a Tickformer model, those of its layout; for others, all tensors of
     * real numbers, which may include constants of the exporter.
     */
    public List<StoredTensor> parameters() {
        if (isOurs()) {
            List<String> names =
                    Networks.of(spec).layout().parameters().stream()
                            .map(each -> each.name())
                            .toList();
            return contents.tensorsOf(names);
        }
        return contents.tensors().stream().filter(StoredTensor::isFloatingPoint).toList();
    }

    /** Number of learned parameters. */
    public long parameterCount() {
        return parameters().stream().mapToLong(StoredTensor::elements).sum();
    }

    /** Floating-point operations of a forecast, if the file declares every shape. */
    public Optional<OperationCount> operations() {
        return OperationCount.of(file);
    }

    /** Checkpointed bytes of a series, or record, with a full context. */
    public OptionalLong stateBytes() {
        return spec == null
                ? OptionalLong.empty()
                : OptionalLong.of(ContextStateBytes.ofFull(spec));
    }

    private boolean isOurs() {
        return spec != null && spec.architecture() instanceof NetworkArchitecture;
    }
}
