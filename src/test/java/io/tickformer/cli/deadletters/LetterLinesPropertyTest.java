package io.tickformer.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.OriginalHeader;
import io.tickformer.kafka.deadletter.StoredDeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class LetterLinesPropertyTest {
    @Property(tries = 500)
    void aLetterIsReadFromItsLineAsItWas(
            @ForAll String text,
            @ForAll byte[] bytes,
            @ForAll DeadLetterReason reason,
            @ForAll long time,
            @ForAll boolean bare)
            throws Exception {
        // Half a surrogate pair has no bytes of its own.
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        StoredDeadLetter stored =
                letter(
                        reason,
                        time,
                        bare ? null : written,
                        bare ? bytes : written,
                        List.of(
                                new OriginalHeader("", null),
                                new OriginalHeader("name", bytes),
                                new OriginalHeader("name", written)));
        String line = LetterLines.write(stored);
        assertThat(line).doesNotContain("\n", "\r");
        assertThat(LetterLines.read(line)).isEqualTo(stored);
    }

    @Example
    void readableTextStandsThereAsItIsAndOtherBytesInBase64() {
        String line =
                LetterLines.write(
                        letter(
                                DeadLetterReason.NO_KEY,
                                5,
                                "käse".getBytes(StandardCharsets.UTF_8),
                                new byte[] {0, 'a', -1},
                                List.of()));
        assertThat(line)
                .contains("\"key\":\"käse\"")
                .contains("\"value_base64\":\"AGH/\",\"value_shown\":\".a.\"");
    }

    @Example
    void aLineThatIsNoLetterSaysWhatIsWrongWithIt() {
        String good =
                LetterLines.write(
                        letter(DeadLetterReason.NO_KEY, 5, null, new byte[] {-1}, List.of()));
        assertRefused("{", "it is not JSON");
        assertRefused("[]", "it is not a JSON object");
        assertRefused(good.replace("NO_KEY", "NO_REASON"), "there is no reason NO_REASON");
        assertRefused(good.replace("\"offset\":7", "\"offset\":-7"), "offset is -7; expected a");
        assertRefused(good.replace("\"topic\":\"in\"", "\"topic\":1"), "topic is 1; expected text");
        assertRefused(good.replace("\"/w==\"", "\"?\""), "value_base64 is not Base64");
        assertRefused(
                good.replace("\"value_base64\"", "\"value\":\"a\",\"value_base64\""),
                "it has both value and value_base64; leave one of them");
    }

    private static void assertRefused(String line, String words) {
        assertThatThrownBy(() -> LetterLines.read(line))
                .isInstanceOf(LetterLines.LineException.class)
                .hasMessageContaining(words);
    }

    private static StoredDeadLetter letter(
            DeadLetterReason reason,
            long time,
            byte[] key,
            byte[] value,
            List<OriginalHeader> headers) {
        return new StoredDeadLetter(
                2,
                7,
                time,
                new DeadLetter(reason, "why", "in", 3, 99, time, "CreateTime", key, value, headers),
                null,
                0,
                false);
    }
}
