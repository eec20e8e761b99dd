package io.tickformer.kafka.describe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The JSON Schema (draft 7) of records in JSON, from their Avro schema. Names are the same. A time
 * is a number of milliseconds, and NaN is null: a number may be null if its documentation speaks of
 * NaN.
 */
final class JsonForm {

    private JsonForm() {}

    /** The schema of a record, as maps and lists. */
    static Map<String, Object> of(Schema record) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            properties.put(field.name(), property(field));
            if (!field.hasDefaultValue()) {
                required.add(field.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", record.getDoc());
        schema.put("properties", properties);
        schema.put("required", required);
        return schema;
    }

    private static Map<String, Object> property(Schema.Field field) {
        Map<String, Object> property = new LinkedHashMap<>();
        String meaning = field.doc();
        Schema type = field.schema();
        if (type.getType() == Schema.Type.ENUM) {
            meaning = type.getDoc();
        } else if (type.getLogicalType() != null) {
            meaning += " In milliseconds since 1970-01-01T00:00:00Z.";
        }
        property.put("description", meaning);
        property.putAll(type(type, field.doc().contains("NaN")));
        return property;
    }

    private static Map<String, Object> type(Schema type, boolean maybeNaN) {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (type.getType()) {
            case RECORD -> schema.putAll(of(type));
            case ARRAY -> {
                schema.put("type", "array");
                schema.put("items", type(type.getElementType(), maybeNaN));
            }
            case MAP -> {
                schema.put("type", "object");
                schema.put("additionalProperties", type(type.getValueType(), maybeNaN));
            }
            case ENUM -> {
                schema.put("type", "string");
                schema.put("enum", type.getEnumSymbols());
            }
            case UNION -> {
                schema.putAll(type(Unions.present(type), false));
                schema.put("type", List.of(schema.get("type"), "null"));
            }
            case INT, LONG -> schema.put("type", "integer");
            case DOUBLE -> schema.put("type", maybeNaN ? List.of("number", "null") : "number");
            case STRING -> schema.put("type", "string");
            case BOOLEAN -> schema.put("type", "boolean");
            default -> throw new IllegalArgumentException(type + " is in none of our schemas");
        }
        return schema;
    }
}
