package io.tickformer.history;

import java.util.List;

/** Names of columns, as many as a message can hold. */
final class Names {
    private static final int MOST = 20;
    private static final int LONGEST = 50;

    private Names() {}

    /** The first of them, separated by commas, and how many more there are. */
    static String some(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names.subList(0, Math.min(MOST, names.size()))) {
            text.append(text.isEmpty() ? "" : ", ");
            text.append(name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name);
        }
        return names.size() > MOST
                ? "%s and %d more".formatted(text, names.size() - MOST)
                : text.toString();
    }
}
