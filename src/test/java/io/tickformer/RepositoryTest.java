package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What every file of this repository must keep to. */
final class RepositoryTest {

    /** In two halves, so that this file does not name one. */
    private static final List<String> REGISTRY_HOSTS =
            List.of(
                    "repo" + ".maven.apache.org",
                    "repo1" + ".maven.org",
                    "central" + ".sonatype",
                    "oss" + ".sonatype.org",
                    "packages" + ".confluent.io",
                    "registry" + ".npmjs.org",
                    "registry" + ".yarnpkg.com",
                    "deb" + ".debian.org",
                    "security" + ".debian.org",
                    "pypi" + ".org",
                    "pythonhosted" + ".org",
                    "hub" + ".docker.com",
                    "docker" + ".io",
                    "ghcr" + ".io",
                    "quay" + ".io",
                    "repository" + ".apache.org",
                    "jit" + "pack.io");

    private static final Pattern MERGE_MARKER = Pattern.compile("(?m)^(<{7} |={7}$|>{7} |\\|{7} )");

    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    /** Folders that only the machine of a developer has. */
    private static final Pattern PRIVATE_PATH =
            Pattern.compile("(?<![\\w.$}])/(root|home|work|Users|tmp/tf)/[\\w.]");

    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*]\\(([^)\\s]+)\\)");

    @Test
    void noFileNamesThePackageRegistryItCameFrom() throws IOException {
        assertThat(linesThat(line -> REGISTRY_HOSTS.stream().anyMatch(line::contains))).isEmpty();
    }

    @Test
    void noFileHoldsAMergeMarker() throws IOException {
        assertThat(linesThat(line -> MERGE_MARKER.matcher(line).find())).isEmpty();
    }

    @Test
    void noFileIsUnfinished() throws IOException {
        assertThat(linesThat(line -> UNFINISHED.matcher(line).find())).isEmpty();
    }

    @Test
    void noFileNamesAFolderOfOneMachine() throws IOException {
        assertThat(linesThat(line -> PRIVATE_PATH.matcher(line).find())).isEmpty();
    }

    @Test
    void everyRelativeLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : Repository.files()) {
            if (!file.toString().endsWith(".md")) {
                continue;
            }
            Matcher link = LINK.matcher(Files.readString(file));
            while (link.find()) {
                String target = link.group(1);
                int anchor = target.indexOf('#');
                String path = anchor < 0 ? target : target.substring(0, anchor);
                boolean elsewhere = target.contains("://") || path.isEmpty();
                if (!elsewhere && !Files.exists(file.resolveSibling(path))) {
                    broken.add(Repository.root().relativize(file) + " -> " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void mostClassesAreSmall() throws IOException {
        List<Long> lengths = new ArrayList<>();
        for (Path file : Repository.files()) {
            if (!file.toString().endsWith(".java")) {
                continue;
            }
            long lines = Repository.text(file).orElseThrow().lines().count();
            if (file.startsWith(Repository.root().resolve("src/main"))) {
                lengths.add(lines);
            }
        }
        lengths.sort(null);
        assertThat(lengths.get(lengths.size() / 2)).as("median lines of a class").isLessThan(120);
    }

    @Test
    void theProfileForGpusSwapsTheBuildOfOnnxRuntime() throws IOException {
        String pom = Repository.read("pom.xml").replaceAll("\\s+", "");
        assertThat(pom)
                .contains("<artifactId>${onnxruntime.artifact}</artifactId>")
                .contains(
                        "<id>gpu</id><properties>"
                                + "<onnxruntime.artifact>onnxruntime_gpu</onnxruntime.artifact>");
    }

    @Test
    void theChangelogSpeaksOfThisVersion() throws IOException {
        String version = Repository.pomProperties().get("project.version");
        String heading = version.endsWith("-SNAPSHOT") ? "## [Unreleased]" : "## [" + version + "]";
        assertThat(Repository.read("CHANGELOG.md")).contains(heading);
    }

    @Test
    void everyDecisionIsNumberedInTurnAndNamesWhatItRejected() throws IOException {
        List<Path> decisions = new ArrayList<>();
        for (Path file : Repository.files()) {
            if (file.startsWith(Repository.root().resolve("docs/decisions"))) {
                decisions.add(file);
            }
        }
        assertThat(decisions).isNotEmpty();
        for (int i = 0; i < decisions.size(); i++) {
            Path decision = decisions.get(i);
            assertThat(decision.getFileName().toString())
                    .matches("%04d-[a-z0-9-]+\\.md".formatted(i + 1));
            assertThat(Files.readString(decision))
                    .as(decision.toString())
                    .contains("## Decision", "## Rejected");
        }
    }

    private static List<String> linesThat(Predicate<String> matches) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : Repository.files()) {
            String text = Repository.text(file).orElse("");
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                if (matches.test(line)) {
                    found.add(Repository.root().relativize(file) + ":" + number + ": " + line);
                }
            }
        }
        return found;
    }
}
