package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlSettingsTest {
    private static final String FILE = "job.yaml";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'tick:\n\tlength: 1 h' | job.yaml is not valid YAML: ",
                "'tick: length: 1 h' | job.yaml is not valid YAML: ",
                "'tick.length: 1 h\ntick.length: 2 h' | job.yaml is not valid YAML: Duplicate"
                        + " field",
                "'a: &x 1 h\nb: *x' | job.yaml: line 2: anchors (&) and aliases (*) are not"
                        + " supported",
                "'a: [x]\nb: *a' | job.yaml: line 2: anchors (&) and aliases (*) are not supported",
                "'job.name: a\n---\njob.name: b' | job.yaml is not valid YAML: ",
                "'source.topics: [a, {b: c}]' | an item of the list source.topics is not a plain"
                        + " value",
                "'source.topics: [a, [b]]' | an item of the list source.topics is not a plain"
                        + " value",
                "'source.topics: [a, ~]' | an item of the list source.topics is not a plain value",
                "'just text' | job.yaml has no settings",
                "'a: \"\\u0000' | job.yaml is not valid YAML: ",
            })
    void whatIsNoPlainListOfSettingsIsRefusedInOneLine(String yaml, String words) {
        assertRefused(yaml.getBytes(StandardCharsets.UTF_8), words);
    }

    @Test
    void textInAnotherEncodingIsRefused() {
        assertRefused(
                "job.name: Größe".getBytes(StandardCharsets.ISO_8859_1),
                "job.yaml is not UTF-8 text; save it in that encoding");
        assertRefused(
                "\uFEFFjob.name: a".getBytes(StandardCharsets.UTF_16LE),
                "job.yaml is not UTF-8 text; save it in that encoding");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertRefused(
                "[".repeat(100_000).getBytes(StandardCharsets.UTF_8), "job.yaml is not valid YAML");
    }

    @Test
    void aByteOrderMarkIsNoPartOfAName() {
        assertThat(YamlSettings.read(FILE, "\uFEFFjob.name: a".getBytes(StandardCharsets.UTF_8)))
                .containsEntry("job.name", "a");
    }

    private static void assertRefused(byte[] yaml, String words) {
        assertThatThrownBy(() -> YamlSettings.read(FILE, yaml))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("\n");
    }
}
