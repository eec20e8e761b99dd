package io.tickformer.job;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a file that a setting names. */
final class Utf8Text {
    private Utf8Text() {}

    /**
     * Decodes it.
     *
     * @param file for the message
     * @throws OptionException if it is not UTF-8
     */
    static String of(String file, byte[] content) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new OptionException(file + " is no text in UTF-8; save it in that encoding", e);
        }
    }
}
