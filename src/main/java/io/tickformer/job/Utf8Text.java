package io.tickformer.job;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes the UTF-8 text of a file. */
final class Utf8Text {
    private Utf8Text() {}

    /**
     * Decodes the content of a file.
     *
     * @param file name for the message
     * @throws OptionException if it is not UTF-8
     */
    static String of(String file, byte[] content) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new OptionException(file + " is not UTF-8 text; save it in that encoding", e);
        }
    }
}
