package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.job.JobSettings;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Holds what the README and the other pages say to what is there. */
final class ReadmeTest {

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```\\w*\\n(.*?)^ *```$");
    private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
    private static final Pattern CONTINUED = Pattern.compile(" *\\\\\\n\\s*");
    private static final Pattern FOLDER_ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");

    @Test
    void theReadmeKeepsItsOrder() throws IOException {
        assertThat(all(HEADING, readme()))
                .containsExactly(
                        "Run it, test it",
                        "Your own topic",
                        "Your own history",
                        "Folder map",
                        "Limits");
        assertThat(readme()).containsSubsequence("docs/flow.svg", "docs/live-page.png", "\n## ");
        assertThat(readme().lines()).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        Path docs = Repository.root().resolve("docs");
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            String name = docs.relativize(page).toString();
            boolean isListed = !name.startsWith("..") && !name.startsWith("decisions/");
            if (isListed
                    && !name.equals("README.md")
                    && !Repository.read("docs/README.md").contains("](" + name + ")")) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void theTestCommandIsTheOneThatChangesMustPass() throws IOException {
        List<String> commands =
                Repository.read(".ci/run").lines().filter(line -> line.startsWith("mvn ")).toList();
        assertThat(commands).hasSize(1);
        assertThat(shellLines(readme())).contains(commands.get(0));
    }

    @Test
    void everyCommandShownExistsWithItsOptions() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Path page : pages()) {
            for (String line : shellLines(Files.readString(page))) {
                if (line.startsWith("./tickformer")) {
                    seen++;
                    check(line, wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isPositive();
    }

    private static void check(String line, List<String> wrong) throws IOException {
        CommandLine command = TickformerCommand.commandLine();
        for (String word : line.split("\\s+", -1)) {
            if (word.startsWith("#")) {
                return;
            }
            CommandLine subcommand = command.getSubcommands().get(word);
            if (subcommand != null) {
                command = subcommand;
            } else if (word.startsWith("--")) {
                int equals = word.indexOf('=');
                String option = equals < 0 ? word : word.substring(0, equals);
                boolean known =
                        command.getCommandSpec().findOption(option) != null
                                || isSetting(command, option);
                if (!known) {
                    wrong.add("no option " + option + ": " + line);
                }
            }
        }
        if (command.getParent() == null) {
            wrong.add("no subcommand: " + line);
        }
    }

    @Test
    void jarsAreNamedAsTheBuildNamesThem() throws IOException {
        Map<String, String> pom = Repository.pomProperties();
        assertThat(all(Pattern.compile("(tickformer-[\\w.-]+\\.jar)"), readme()))
                .containsOnly("tickformer-" + pom.get("project.version") + "-job.jar");
        assertThat(
                        all(
                                Pattern.compile("(onnxruntime-[\\w.-]+\\.jar)"),
                                Repository.read("docs/clusters.md")))
                .containsOnly("onnxruntime-" + pom.get("onnxruntime.version") + ".jar");
        assertThat(readme()).contains("Flink 2.3 ");
        assertThat(pom.get("flink.version")).startsWith("2.3.");
    }

    /**
     * The command that runs the job takes every setting of the job, which docs/options.md lists.
     */
    private static boolean isSetting(CommandLine command, String option) throws IOException {
        boolean runsTheJob = command.getCommandName().equals("run");
        String row = "| `" + option.substring(2) + "` |";
        return runsTheJob
                && (option.equals("--config") || Repository.read("docs/options.md").contains(row));
    }

    @Test
    void everySettingsFileShownIsOneTheJobTakes(@TempDir Path folder) throws IOException {
        for (String page : List.of("README.md", "docs/own-topic.md", "docs/security.md")) {
            List<String> shown = all(YAML_BLOCK, Repository.read(page));
            assertThat(shown).as(page).isNotEmpty();
            for (String yaml : shown) {
                Path file = Files.writeString(folder.resolve("job.yaml"), yaml);
                assertThat(JobSettings.parse("--config", file.toString())).isNotNull();
            }
        }
    }

    @Test
    void everyFileAShellLineNamesIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            for (String line : shellLines(Files.readString(page))) {
                for (String word : line.split("\\s+", -1)) {
                    boolean ours = word.matches("(docker|models|docs|schemas|src)/[\\w./-]+");
                    if (ours && !line.contains("--output " + word) && !exists(word)) {
                        missing.add(word + ": " + line);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void theFolderMapNamesEveryFolderAndNoOther() throws IOException {
        TreeSet<String> present = new TreeSet<>();
        for (Path file : Repository.files()) {
            Path relative = Repository.root().relativize(file);
            if (relative.getNameCount() > 1) {
                present.add(relative.getName(0).toString());
            }
        }
        present.remove(".mvn");
        assertThat(all(FOLDER_ROW, section(readme(), "Folder map")))
                .containsExactlyInAnyOrderElementsOf(present);
    }

    @Test
    void thePageOnArchitectureNamesEveryPackageAndNoOther() throws IOException {
        TreeSet<String> present = new TreeSet<>();
        for (Path file : Repository.files()) {
            Path relative = Repository.root().relativize(file);
            if (relative.startsWith("src/main/java/io/tickformer")) {
                present.add(relative.subpath(0, 6).toString());
            }
        }
        String page = Repository.read("docs/architecture.md");
        assertThat(all(FOLDER_ROW, section(page, "Packages")))
                .containsExactlyInAnyOrderElementsOf(present);
    }

    private static boolean exists(String path) {
        return Files.exists(Repository.root().resolve(path));
    }

    private static String section(String page, String heading) {
        String after = page.substring(page.indexOf("\n## " + heading + "\n") + 4);
        int next = after.indexOf("\n## ");
        return next < 0 ? after : after.substring(0, next);
    }

    private static List<String> shellLines(String page) {
        List<String> lines = new ArrayList<>();
        for (String block : all(CODE_BLOCK, page)) {
            CONTINUED.matcher(block).replaceAll(" ").lines().map(String::strip).forEach(lines::add);
        }
        return lines;
    }

    private static List<String> all(Pattern pattern, String text) {
        try (Stream<MatchResult> found = pattern.matcher(text).results()) {
            return found.map(each -> each.group(1)).toList();
        }
    }

    private static List<Path> pages() throws IOException {
        return Repository.files().stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    private static String readme() throws IOException {
        return Repository.read("README.md");
    }
}
