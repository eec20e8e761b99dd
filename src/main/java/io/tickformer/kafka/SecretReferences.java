package io.tickformer.kafka;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References in the value of a setting, for secrets above all: {@code ${env:NAME}} is the value of
 * an environment variable, {@code ${file:PATH}} is the content of a text file without trailing line
 * ends.
 */
@Internal
public final class SecretReferences {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");
    private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+\\z");

    private SecretReferences() {}

    /** Returns whether the text contains a reference. */
    public static boolean areIn(String text) {
        return REFERENCE.matcher(text).find();
    }

    /**
     * Replaces the references in a text by their values in this process. References within these
     * values are not resolved.
     *
     * @throws SecretReferenceException if a variable or file does not exist or cannot be read
     */
    public static String resolve(String text) {
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (reference.find()) {
            String name = reference.group(2);
            String value = reference.group(1).equals("env") ? variable(name) : file(name);
            reference.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return reference.appendTail(resolved).toString();
    }

    static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new SecretReferenceException(
                    ("${env:%s} cannot be resolved: there is no such environment variable; set it"
                                    + " for every process of the job, or use a file, ${file:PATH}")
                            .formatted(name));
        }
        return value;
    }

    static String file(String name) {
        try {
            return LINE_ENDS.matcher(Files.readString(Path.of(name))).replaceFirst("");
        } catch (NoSuchFileException e) {
            throw unreadable(name, "there is no such file", e);
        } catch (MalformedInputException e) {
            throw unreadable(name, "it is not UTF-8 text", e);
        } catch (IOException e) {
            throw unreadable(name, "it cannot be read", e);
        } catch (InvalidPathException e) {
            throw unreadable(name, "it is not a valid path", e);
        }
    }

    private static SecretReferenceException unreadable(String name, String why, Exception e) {
        return new SecretReferenceException(
                ("${file:%s} cannot be resolved: %s; every process of the job must be able to"
                                + " read it")
                        .formatted(name, why),
                e);
    }
}
