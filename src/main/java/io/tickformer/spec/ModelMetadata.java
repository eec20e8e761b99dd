package io.tickformer.spec;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an exported file says of itself, kept in the metadata properties of the ONNX model.
 *
 * @param spec what defines the model
 * @param name the model's name
 * @param version the model's version
 * @param trainingDataFingerprint SHA-256 of the training data, in hexadecimal
 * @param libraryVersion version of Tickformer that wrote the file
 * @param baseModel name and version of the model that this one was fine-tuned from; empty for none
 */
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

    /** Of a model that was not fine-tuned from another. */
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

    /** As metadata properties of an ONNX model, in a fixed order. */
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
     * The metadata in the properties of an ONNX model, or empty if they hold no spec: a foreign
     * file.
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
