package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/architecture.md and its drawing to the classes that they name. */
final class ArchitecturePageTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "tickformer");

    /** A class of the text, such as {@code kafka.source.ObservationSource}. */
    private static final Pattern IN_TEXT = Pattern.compile("`((?:[a-z]+[./])+[A-Z]\\w+)[`.]");

    /** A class of the drawing: the package above the name. */
    private static final Pattern IN_DRAWING =
            Pattern.compile(">([a-z.]+)</text><text[^>]*>(\\w+)</text>");

    @Test
    void everyClassOfThePageExists() throws IOException {
        List<String> named =
                IN_TEXT.matcher(Repository.read("docs/architecture.md"))
                        .results()
                        .map(found -> found.group(1).replace('.', '/'))
                        .toList();
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(missing(named)).isEmpty();
    }

    @Test
    void everyClassOfTheDrawingExists() throws IOException {
        List<String> named =
                IN_DRAWING
                        .matcher(Repository.read("docs/architecture.svg"))
                        .results()
                        .map(ArchitecturePageTest::path)
                        .toList();
        assertThat(named).hasSize(18);
        assertThat(missing(named)).isEmpty();
    }

    private static String path(MatchResult found) {
        return found.group(1).replace('.', '/') + "/" + found.group(2);
    }

    private static List<String> missing(List<String> named) {
        List<String> missing = new ArrayList<>();
        for (String each : named) {
            if (!Files.exists(Repository.root().resolve(SOURCES).resolve(each + ".java"))) {
                missing.add(each);
            }
        }
        return missing;
    }
}
