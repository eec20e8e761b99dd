package io.tickformer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.encode.ObservationCodec;
import io.tickformer.kafka.registry.ConfluentFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A record that is no observation, and what it is refused for.
 *
 * @param name what is wrong with it
 * @param reason what it is refused for
 * @param value its value, or null
 */
public record BadRecord(String name, DeadLetterReason reason, byte[] value) {
    /** An id that no schema has. */
    public static final int UNKNOWN_ID = 900_000;

    /** Bad records of the default layout in JSON, one of every kind. */
    public static List<BadRecord> json() {
        List<BadRecord> bad = new ArrayList<>();
        bad.add(new BadRecord("tombstone", DeadLetterReason.NO_VALUE, null));
        bad.add(new BadRecord("nothing", DeadLetterReason.UNDECODABLE, new byte[0]));
        bad.add(new BadRecord("invalid UTF-8", DeadLetterReason.UNDECODABLE, new byte[] {'"', -1}));
        bad.add(text("no JSON", DeadLetterReason.UNDECODABLE, "not JSON"));
        bad.add(text("cut off", DeadLetterReason.UNDECODABLE, "{\"series\":\"a\",\"event_t"));
        bad.add(text("deep", DeadLetterReason.UNDECODABLE, "[".repeat(100_000)));
        bad.add(text("no object", DeadLetterReason.UNDECODABLE, "[1]"));
        bad.add(json("twice", DeadLetterReason.UNDECODABLE, "\"a\"", "1500", "1,\"value\":2"));
        bad.add(json("half a pair", DeadLetterReason.NO_KEY, "\"\\ud800\"", "1500", "1"));
        bad.add(json("no key", DeadLetterReason.NO_KEY, "null", "1500", "1"));
        bad.add(json("empty key", DeadLetterReason.NO_KEY, "\"\"", "1500", "1"));
        bad.add(json("object key", DeadLetterReason.NO_KEY, "{}", "1500", "1"));
        bad.add(
                json(
                        "key of 1 MB",
                        DeadLetterReason.KEY_TOO_LONG,
                        '"' + "k".repeat(1_000_000) + '"',
                        "1500",
                        "1"));
        bad.add(json("no time", DeadLetterReason.NO_TIME, "\"a\"", "null", "1"));
        bad.add(json("words for time", DeadLetterReason.NO_TIME, "\"a\"", "\"noon\"", "1"));
        for (String time :
                List.of(
                        "-1",
                        "-9223372036854775808",
                        "9223372036854775807",
                        "9223372036854775808",
                        "1e300",
                        "NaN",
                        "\"0001-01-01T00:00:00Z\"",
                        "\"1969-12-31T23:59:59.999Z\"",
                        "\"+10000-01-01T00:00:00Z\"",
                        "253402300800000")) {
            bad.add(json("time " + time, DeadLetterReason.IMPOSSIBLE_TIME, "\"a\"", time, "1"));
        }
        bad.add(
                json(
                        "year 9999",
                        DeadLetterReason.TOO_FAR_AHEAD,
                        "\"a\"",
                        "\"9999-12-31T23:59:59.999Z\"",
                        "1"));
        bad.add(
                text(
                        "no value",
                        DeadLetterReason.NO_VALUE,
                        "{\"series\":\"a\",\"event_time\":1500}"));
        for (String value : List.of("\"high\"", "true", "[1]", "{}", "\"\"", "\"0x10\"")) {
            bad.add(json("value " + value, DeadLetterReason.NOT_NUMERIC, "\"a\"", "1500", value));
        }
        for (String value : List.of("NaN", "-Infinity", "1e999999", "\"1e400\"", "\"inf\"")) {
            bad.add(json("value " + value, DeadLetterReason.NOT_FINITE, "\"a\"", "1500", value));
        }
        for (String value : List.of("1e300", "-1e31", "\"1e300\"")) {
            bad.add(json("value " + value, DeadLetterReason.OUT_OF_RANGE, "\"a\"", "1500", value));
        }
        return bad;
    }

    private static BadRecord text(String name, DeadLetterReason reason, String value) {
        return new BadRecord(name, reason, value.getBytes(UTF_8));
    }

    private static BadRecord json(
            String name, DeadLetterReason reason, String series, String time, String value) {
        return text(
                name,
                reason,
                "{\"series\":%s,\"event_time\":%s,\"value\":%s}".formatted(series, time, value));
    }

    /**
     * Bad records of the default layout in Avro.
     *
     * @param id of the schema of observations
     */
    public static List<BadRecord> avro(int id) {
        byte[] good = ObservationCodec.avro(new Observation("a", 1500, 2.5), id);
        byte[] magic = good.clone();
        magic[0] = 1;
        byte[] unknown = good.clone();
        System.arraycopy(
                ConfluentFrame.header(UNKNOWN_ID), 0, unknown, 0, ConfluentFrame.HEADER_LENGTH);
        List<BadRecord> bad = new ArrayList<>();
        bad.add(new BadRecord("tombstone", DeadLetterReason.NO_VALUE, null));
        bad.add(new BadRecord("nothing", DeadLetterReason.UNDECODABLE, new byte[0]));
        bad.add(new BadRecord("magic byte", DeadLetterReason.UNDECODABLE, magic));
        bad.add(new BadRecord("unknown schema", DeadLetterReason.UNKNOWN_SCHEMA, unknown));
        bad.add(
                new BadRecord(
                        "cut off",
                        DeadLetterReason.UNDECODABLE,
                        Arrays.copyOf(good, good.length - 1)));
        bad.add(
                new BadRecord(
                        "goes on",
                        DeadLetterReason.UNDECODABLE,
                        Arrays.copyOf(good, good.length + 1)));
        bad.add(avro("no key", DeadLetterReason.NO_KEY, id, "", 1500, 1));
        bad.add(
                avro(
                        "key of 1 MB",
                        DeadLetterReason.KEY_TOO_LONG,
                        id,
                        "k".repeat(1_000_000),
                        1500,
                        1));
        for (long time : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, -62_135_596_800_000L}) {
            bad.add(avro("time " + time, DeadLetterReason.IMPOSSIBLE_TIME, id, "a", time, 1));
        }
        bad.add(
                avro(
                        "year 9999",
                        DeadLetterReason.TOO_FAR_AHEAD,
                        id,
                        "a",
                        253_402_300_799_999L,
                        1));
        bad.add(avro("NaN", DeadLetterReason.NOT_FINITE, id, "a", 1500, Double.NaN));
        bad.add(
                avro(
                        "infinity",
                        DeadLetterReason.NOT_FINITE,
                        id,
                        "a",
                        1500,
                        Double.NEGATIVE_INFINITY));
        bad.add(avro("1e300", DeadLetterReason.OUT_OF_RANGE, id, "a", 1500, 1e300));
        return bad;
    }

    private static BadRecord avro(
            String name, DeadLetterReason reason, int id, String series, long time, double value) {
        return new BadRecord(
                name, reason, ObservationCodec.avro(new Observation(series, time, value), id));
    }

    @Override
    public String toString() {
        return name;
    }
}
