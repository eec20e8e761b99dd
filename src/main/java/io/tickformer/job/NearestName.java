package io.tickformer.job;

import io.tickformer.annotation.Internal;
import java.util.Collection;
import java.util.Optional;

/** Finds the known name that is most similar to a misspelled one. */
@Internal
public final class NearestName {
    private NearestName() {}

    /** The most similar known name, if at most two fifths of the characters differ. */
    public static Optional<String> to(String given, Collection<String> known) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String name : known) {
            int distance = distance(given, name);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        boolean near =
                nearest != null && 5 * least <= 2 * Math.max(given.length(), nearest.length());
        return near ? Optional.of(nearest) : Optional.empty();
    }

    /** The edit distance with insertions, deletions and substitutions (Levenshtein 1966). */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
