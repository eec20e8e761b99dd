package io.tickformer.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.annotation.Public;

/**
 * Writes a {@link ForecastSpec} as JSON and reads it back. The JSON is canonical: equal specs give
 * equal text.
 */
@Public
public final class SpecJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    // No coercion: 4.7 is not accepted as a number of ticks, nor "4" as a number.
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();

    private SpecJson() {}

    public static String write(ForecastSpec spec) {
        try {
            return MAPPER.writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new SpecException(
                    "the spec cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads a spec from its JSON text.
     *
     * @throws SpecException if the text is not JSON, a field is unknown or missing, or the spec is
     *     inconsistent
     */
    public static ForecastSpec read(String json) {
        try {
            ForecastSpec spec = MAPPER.readValue(json, ForecastSpec.class);
            if (spec == null) {
                throw new SpecException("the spec is null; expected a JSON object");
            }
            return spec;
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause();
            if (cause instanceof SpecException inner) {
                throw inner;
            }
            throw new SpecException(
                    "the spec cannot be read from JSON%s: %s".formatted(place(e), words(e)), e);
        }
    }

    /** The field at fault, for example {@code at architecture.values.name}; empty if unknown. */
    private static String place(JsonProcessingException e) {
        StringBuilder place = new StringBuilder();
        if (e instanceof JsonMappingException mapping) {
            for (JsonMappingException.Reference step : mapping.getPath()) {
                if (step.getFieldName() != null) {
                    place.append(place.length() == 0 ? " at " : ".").append(step.getFieldName());
                }
            }
        }
        return place.toString();
    }

    /** The error message of the JSON library without its advice on how to configure the library. */
    private static String words(JsonProcessingException e) {
        String words = e.getOriginalMessage();
        if (words.startsWith("Cannot map `null`")) {
            return "it is missing; expected a number or true or false";
        }
        int advice = words.indexOf(" (set Deserialization");
        return advice < 0 ? words : words.substring(0, advice);
    }
}
