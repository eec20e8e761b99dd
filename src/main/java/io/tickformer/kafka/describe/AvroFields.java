package io.tickformer.kafka.describe;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/** Lists the fields of an Avro schema with their types in words. */
final class AvroFields {

    private AvroFields() {}

    /** The fields of a record; those of a record in an array follow the array. */
    static List<FieldDescription> of(Schema record) {
        List<FieldDescription> fields = new ArrayList<>();
        add(record, "", fields);
        return fields;
    }

    private static void add(Schema record, String prefix, List<FieldDescription> fields) {
        for (Schema.Field field : record.getFields()) {
            Schema type = field.schema();
            Schema item = type.getType() == Schema.Type.ARRAY ? type.getElementType() : null;
            boolean isList = item != null && item.getType() == Schema.Type.RECORD;
            String meaning = field.doc();
            if (type.getType() == Schema.Type.ENUM) {
                // What the symbols mean stands in the type.
                meaning = type.getDoc();
            } else if (isList) {
                meaning += " " + item.getDoc();
            }
            fields.add(new FieldDescription(prefix + field.name(), words(type), meaning));
            if (isList) {
                add(item, prefix + field.name() + "[].", fields);
            }
        }
    }

    private static String words(Schema type) {
        LogicalType logical = type.getLogicalType();
        if (logical != null) {
            return type.getType().getName() + ", " + logical.getName();
        }
        return switch (type.getType()) {
            case ARRAY -> "array of " + words(type.getElementType());
            case MAP -> "map of " + words(type.getValueType());
            case UNION -> words(Unions.present(type)) + " or null";
            case ENUM -> "one of " + String.join(", ", type.getEnumSymbols());
            case RECORD -> "record";
            default -> type.getType().getName();
        };
    }
}
