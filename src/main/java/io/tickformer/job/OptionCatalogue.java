package io.tickformer.job;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;

/** All settings of the job, collected from the options classes. */
final class OptionCatalogue {
    /** The options classes with their headings, in the order of the documentation. */
    private static final Map<Class<?>, String> CLASSES = classes();

    private static final Map<String, OptionDescriptor> BY_KEY = byKey();

    private OptionCatalogue() {}

    private static Map<Class<?>, String> classes() {
        Map<Class<?>, String> classes = new LinkedHashMap<>();
        classes.put(KafkaOptions.class, "The Kafka cluster");
        classes.put(RegistryOptions.class, "The schema registry, required for Avro");
        classes.put(RegistrySslOptions.class, "Certificates for a schema registry with https");
        classes.put(SourceOptions.class, "Input");
        classes.put(TickOptions.class, "Ticks");
        classes.put(ModelOptions.class, "The model");
        classes.put(ForecastOptions.class, "Forecasts");
        classes.put(FeedbackOptions.class, "Feedback from the ticks that come due");
        classes.put(SinkOptions.class, "Output");
        classes.put(RuntimeOptions.class, "Flink");
        return classes;
    }

    private static Map<String, OptionDescriptor> byKey() {
        Map<String, OptionDescriptor> options = new LinkedHashMap<>();
        for (Class<?> owner : CLASSES.keySet()) {
            for (OptionDescriptor option : of(owner)) {
                options.put(option.key(), option);
            }
        }
        return Collections.unmodifiableMap(options);
    }

    /** The options classes with their headings, in order. */
    static Map<Class<?>, String> headings() {
        return Collections.unmodifiableMap(CLASSES);
    }

    /** All settings by name, class by class. */
    static Map<String, OptionDescriptor> all() {
        return BY_KEY;
    }

    static Optional<OptionDescriptor> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /**
     * The settings of one options class, ordered by name: Java does not guarantee the order of
     * fields.
     */
    static List<OptionDescriptor> of(Class<?> owner) {
        Map<String, OptionDescriptor> options = new TreeMap<>();
        for (Field field : owner.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
                OptionDescriptor option = read(field);
                options.put(option.key(), option);
            }
        }
        return List.copyOf(options.values());
    }

    private static OptionDescriptor read(Field field) {
        Type type = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
        boolean list = type instanceof ParameterizedType;
        Type element = list ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
        try {
            return new OptionDescriptor(
                    (ConfigOption<?>) field.get(null),
                    (Class<?>) element,
                    list,
                    field.isAnnotationPresent(SecretOption.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is not public", e);
        }
    }
}
