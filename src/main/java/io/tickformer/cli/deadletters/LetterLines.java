package io.tickformer.cli.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.OriginalHeader;
import io.tickformer.kafka.deadletter.StoredDeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Dead letters as lines of JSON that can be repaired in any editor. Readable bytes are written as
 * text, as in {@code "value"}. Other bytes are written in Base64, as in {@code "value_base64"}; a
 * readable rendering next to it is ignored on reading. Null bytes are absent.
 */
final class LetterLines {
    private static final String SHOWN = "_shown";
    private static final String BASE64 = "_base64";
    private static final int SHOWN_AT_MOST = 200;
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private LetterLines() {}

    /** A line that is not a dead letter; the message says why. */
    static final class LineException extends Exception {
        private static final long serialVersionUID = 1L;

        LineException(String message) {
            super(message);
        }
    }

    /** Writes a letter as a line, without a line end. */
    static String write(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        ObjectNode line = MAPPER.createObjectNode();
        line.putObject("dead_letter")
                .put("partition", stored.partition())
                .put("offset", stored.offset())
                .put("written", stored.writtenMillis());
        line.put("reason", letter.reason().name());
        line.put("detail", letter.detail());
        line.put("topic", letter.topic());
        line.put("partition", letter.partition());
        line.put("offset", letter.offset());
        line.put("timestamp", letter.timestampMillis());
        line.put("timestamp_type", letter.timestampType());
        if (!stored.whole()) {
            line.put("cut", stored.cut());
        }
        put("key", letter.key(), line);
        put("value", letter.value(), line);
        ArrayNode headers = line.putArray("headers");
        for (OriginalHeader header : letter.headers()) {
            put("value", header.value(), headers.addObject().put("name", header.name()));
        }
        return line.toString();
    }

    private static void put(String name, byte[] bytes, ObjectNode node) {
        if (bytes == null) {
            return;
        }
        String text = text(bytes);
        if (text != null) {
            node.put(name, text);
            return;
        }
        node.put(name + BASE64, Base64.getEncoder().encodeToString(bytes));
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < bytes.length && i < SHOWN_AT_MOST; i++) {
            shown.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
        }
        node.put(name + SHOWN, shown.toString());
    }

    /** Decodes bytes that are readable text; null for other bytes. */
    private static String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return null;
            }
        }
        return text;
    }

    /**
     * Parses a line.
     *
     * @throws LineException if it is not a dead letter
     */
    static StoredDeadLetter read(String line) throws LineException {
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new LineException("it is not JSON: " + e.getOriginalMessage());
        }
        if (!node.isObject()) {
            throw new LineException(
                    "it is not a JSON object; expected a line as --export writes it");
        }
        JsonNode place = node.path("dead_letter");
        List<OriginalHeader> headers = new ArrayList<>();
        for (JsonNode header : node.path("headers")) {
            headers.add(new OriginalHeader(text(header, "name"), bytes(header, "value")));
        }
        return new StoredDeadLetter(
                (int) number(place, "partition", 0, Integer.MAX_VALUE),
                number(place, "offset", 0, Long.MAX_VALUE),
                number(place, "written", Long.MIN_VALUE, Long.MAX_VALUE),
                new DeadLetter(
                        reason(text(node, "reason")),
                        text(node, "detail"),
                        text(node, "topic"),
                        (int) number(node, "partition", 0, Integer.MAX_VALUE),
                        number(node, "offset", 0, Long.MAX_VALUE),
                        number(node, "timestamp", Long.MIN_VALUE, Long.MAX_VALUE),
                        text(node, "timestamp_type"),
                        bytes(node, "key"),
                        bytes(node, "value"),
                        headers),
                node.has("cut") ? text(node, "cut") : null,
                0,
                false);
    }

    private static DeadLetterReason reason(String name) throws LineException {
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        throw new LineException("there is no reason " + name);
    }

    private static String text(JsonNode node, String name) throws LineException {
        JsonNode text = node.path(name);
        if (!text.isTextual()) {
            throw new LineException("%s is %s; expected text".formatted(name, shown(text)));
        }
        return text.textValue();
    }

    private static long number(JsonNode node, String name, long least, long most)
            throws LineException {
        JsonNode number = node.path(name);
        if (!number.isIntegralNumber()
                || !number.canConvertToLong()
                || number.longValue() < least
                || number.longValue() > most) {
            throw new LineException(
                    "%s is %s; expected a whole number from %d to %d"
                            .formatted(name, shown(number), least, most));
        }
        return number.longValue();
    }

    private static byte[] bytes(JsonNode node, String name) throws LineException {
        boolean plain = node.hasNonNull(name);
        if (plain && node.hasNonNull(name + BASE64)) {
            throw new LineException(
                    "it has both %s and %s%s; leave one of them".formatted(name, name, BASE64));
        }
        if (plain) {
            return text(node, name).getBytes(StandardCharsets.UTF_8);
        }
        if (!node.hasNonNull(name + BASE64)) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(text(node, name + BASE64));
        } catch (IllegalArgumentException e) {
            throw new LineException(
                    "%s%s is not Base64: %s".formatted(name, BASE64, e.getMessage()));
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "absent" : node.toString();
        return text.length() <= SHOWN_AT_MOST ? text : text.substring(0, SHOWN_AT_MOST) + "…";
    }
}
