package io.tickformer.spec;

import io.tickformer.annotation.Public;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Metadata of a model, stored in the metadata properties of its ONNX file.
 *
 * @param spec the spec of the model
 * @param name name of the model
 * @param version version of the model
 * @param trainingDataFingerprint SHA-256 of the training data, in hexadecimal
 * @param libraryVersion version of Tickformer that wrote the file
 * @param baseModel name and version of the model that this one was fine-tuned from; empty for none
 */
@Public
public record ModelMetadata(
        ForecastSpec spec,
        String name,
        String version,
        String trainingDataFingerprint,
        String libraryVersion,
        String baseModel) {

    private static final String SPEC = "tickformer.spec";
    private static final String NAME = "tickformer.name";
    private static final String VERSION = "tickformer.version";
    private static final String FINGERPRINT = "tickformer.training-data-fingerprint";
    private static final String BASE_MODEL = "tickformer.base-model";
    private static final String LIBRARY = "tickformer.library-version";

    /** Metadata of a model that was not fine-tuned. */
    public ModelMetadata(
            ForecastSpec spec,
            String name,
            String version,
            String trainingDataFingerprint,
            String libraryVersion) {
        this(spec, name, version, trainingDataFingerprint, libraryVersion, "");
    }

    /** This metadata with another spec. */
    public ModelMetadata withSpec(ForecastSpec other) {
        return new ModelMetadata(
                other, name, version, trainingDataFingerprint, libraryVersion, baseModel);
    }

    /** Converts the metadata to properties of an ONNX model, in a fixed order. */
    public Map<String, String> toProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put(SPEC, SpecJson.write(spec));
        properties.put(NAME, name);
        properties.put(VERSION, version);
        properties.put(FINGERPRINT, trainingDataFingerprint);
        properties.put(LIBRARY, libraryVersion);
        if (!baseModel.isEmpty()) {
            properties.put(BASE_MODEL, baseModel);
        }
        return properties;
    }

    /**
     * Reads the metadata from the properties of an ONNX model. The result is empty for a foreign
     * model, whose properties hold no spec.
     *
     * @throws SpecException if there is a spec that cannot be read
     */
    public static Optional<ModelMetadata> fromProperties(Map<String, String> properties) {
        String spec = properties.get(SPEC);
        if (spec == null) {
            return Optional.empty();
        }
        return Optional.of(
                new ModelMetadata(
                        SpecJson.read(spec),
                        properties.getOrDefault(NAME, "unnamed"),
                        properties.getOrDefault(VERSION, "0"),
                        properties.getOrDefault(FINGERPRINT, ""),
                        properties.getOrDefault(LIBRARY, ""),
                        properties.getOrDefault(BASE_MODEL, "")));
    }
}
