package io.tickformer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker/compose.yaml} says, for tests that run it as plain processes. */
public final class Compose {

    private static final String FILE = "docker/compose.yaml";

    private Compose() {}

    /** Name to settings of each service. */
    public static Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        map(load().get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    /** The command of a service, one argument an item. */
    public static List<String> command(String service) {
        return list(service, "command");
    }

    /** The entry point of a service, one argument an item. */
    public static List<String> entrypoint(String service) {
        return list(service, "entrypoint");
    }

    /**
     * What a service mounts: places of this machine, seen from the file, to those of the service.
     */
    public static Map<String, String> mounts(String service) {
        Map<String, String> mounts = new LinkedHashMap<>();
        if (services().get(service).containsKey("volumes")) {
            for (String volume : list(service, "volumes")) {
                String[] parts = volume.split(":", -1);
                mounts.put(parts[0], parts[1]);
            }
        }
        return mounts;
    }

    private static List<String> list(String service, String key) {
        List<?> items = (List<?>) services().get(service).get(key);
        return items.stream().map(String::valueOf).toList();
    }

    /** The environment of a service. */
    public static Map<String, String> environment(String service) {
        return texts(map(services().get(service).get("environment")));
    }

    /** The settings the image of Flink takes from a service's environment. */
    public static Map<String, String> flinkProperties(String service) {
        return texts(map(yaml().load(environment(service).get("FLINK_PROPERTIES"))));
    }

    private static Map<String, Object> load() {
        try {
            return map(yaml().load(Repository.read(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    private static Map<String, Object> map(Object value) {
        if (!(value instanceof Map<?, ?> entries)) {
            throw new IllegalStateException(FILE + " has " + value + " where a mapping belongs");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        entries.forEach((key, each) -> copy.put((String) key, each));
        return copy;
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }
}
