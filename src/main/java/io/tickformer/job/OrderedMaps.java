package io.tickformer.job;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that keep the order in which they are written. */
final class OrderedMaps {

    private OrderedMaps() {}

    /** A map of names, each followed by its value; it may be added to. */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
