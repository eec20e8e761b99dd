package io.tickformer.kafka.registry;

import java.util.Locale;

/** Pieces of messages. */
public final class MessageText {
    private static final int LONGEST = 200;

    private MessageText() {}

    /** A constant's name as words. */
    public static String lowerCase(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The text, cut where it is too long for a message. */
    public static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
