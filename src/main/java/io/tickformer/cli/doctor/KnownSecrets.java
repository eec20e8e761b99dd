package io.tickformer.cli.doctor;

import io.tickformer.job.JobSettings;
import io.tickformer.kafka.SecretMasking;
import io.tickformer.kafka.SecretReferenceException;
import io.tickformer.kafka.SecretReferences;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets in the settings of a job, which are hidden in every text. Messages of libraries may
 * quote what they were given.
 */
final class KnownSecrets implements UnaryOperator<String> {
    private static final int SHORTEST = 3;
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|'([^']+)'");

    /** Longest first, as one may contain another. */
    private final Set<String> texts =
            new TreeSet<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    /** The secrets among settings, with their references resolved in this process. */
    KnownSecrets(Map<String, String> settings) {
        settings.forEach(
                (name, value) -> {
                    if (JobSettings.isSecret(name)) {
                        addParts(value);
                        addParts(resolved(value));
                    }
                });
    }

    private static String resolved(String value) {
        try {
            return SecretReferences.resolve(value);
        } catch (SecretReferenceException e) {
            return value;
        }
    }

    /** Adds the value, the quoted texts in a JAAS configuration, and what follows a user's name. */
    private void addParts(String value) {
        add(value);
        Matcher quoted = QUOTED.matcher(value);
        while (quoted.find()) {
            add(quoted.group(1) == null ? quoted.group(2) : quoted.group(1));
        }
        int colon = value.indexOf(':');
        if (colon >= 0 && !SecretReferences.areIn(value)) {
            add(value.substring(colon + 1));
        }
    }

    private void add(String text) {
        if (text.length() >= SHORTEST && !SecretReferences.areIn(text)) {
            texts.add(text);
        }
    }

    @Override
    public String apply(String text) {
        String hidden = SecretMasking.withoutUser(text);
        for (String secret : texts) {
            hidden = hidden.replace(secret, SecretMasking.HIDDEN);
        }
        return hidden;
    }
}
