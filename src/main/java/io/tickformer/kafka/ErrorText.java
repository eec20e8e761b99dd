package io.tickformer.kafka;

import io.tickformer.annotation.Internal;
import java.util.Locale;

/** Formats values for messages. */
@Internal
public final class ErrorText {
    private static final int LONGEST = 200;

    private ErrorText() {}

    /** The name of a constant in lower case, with spaces. */
    public static String lowerCase(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The text, truncated if it is too long for a message. */
    public static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
