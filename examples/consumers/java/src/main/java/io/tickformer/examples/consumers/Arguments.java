package io.tickformer.examples.consumers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The options {@code --name value} of a command. */
final class Arguments {
    private final Map<String, String> values = new TreeMap<>();

    private Arguments() {}

    /** Reads options; those not given have the defaults. */
    static Arguments of(String[] given, Map<String, String> defaults) {
        Arguments arguments = new Arguments();
        arguments.values.putAll(ForecastTopic.DEFAULTS);
        arguments.values.putAll(defaults);
        for (int i = 0; i < given.length; i += 2) {
            String name = given[i].startsWith("--") ? given[i].substring(2) : "";
            if (!arguments.values.containsKey(name) || i + 1 == given.length) {
                throw new IllegalArgumentException(
                        "%s has no value, or is none of the options %s"
                                .formatted(given[i], arguments.values.keySet()));
            }
            arguments.values.put(name, given[i + 1]);
        }
        return arguments;
    }

    String text(String name) {
        return values.get(name);
    }

    double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--%s is '%s'; expected a number".formatted(name, text(name)), e);
        }
    }

    String oneOf(String name, List<String> expected) {
        if (!expected.contains(text(name))) {
            throw new IllegalArgumentException(
                    "--%s is %s; expected one of %s".formatted(name, text(name), expected));
        }
        return text(name);
    }
}
