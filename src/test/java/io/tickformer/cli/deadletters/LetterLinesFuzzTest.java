package io.tickformer.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickformer.kafka.deadletter.StoredDeadLetter;
import java.nio.charset.StandardCharsets;

/** Reads arbitrary lines as lines of an export, as an editor may leave them. */
final class LetterLinesFuzzTest {
    @FuzzTest
    void aLineIsALetterOrRefusedWithWords(byte[] line) throws Exception {
        StoredDeadLetter read;
        try {
            read = LetterLines.read(new String(line, StandardCharsets.UTF_8));
        } catch (LetterLines.LineException e) {
            assertThat(e).hasMessageContaining(" ");
            return;
        }
        assertThat(LetterLines.read(LetterLines.write(read))).isEqualTo(read);
    }
}
