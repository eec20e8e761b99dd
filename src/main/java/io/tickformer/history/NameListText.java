package io.tickformer.history;

import java.util.List;

/** Formats lists of column names for messages. */
final class NameListText {
    private static final int MOST = 20;
    private static final int LONGEST = 50;

    private NameListText() {}

    /** The first names, separated by commas, and the number of the others. */
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
