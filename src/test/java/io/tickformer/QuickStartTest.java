package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.job.JobSettings;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Holds docs/quick-start.md to the commands and settings. QuickStartIT runs what it shows. */
final class QuickStartTest {
    private static final String PAGE = "docs/quick-start.md";
    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("bin/tickformer ([a-z-]+)([^\\n`>]*)");

    private static List<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(Repository.read(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The settings files that the page shows: JSON, then Avro. */
    static List<String> settingsFiles() throws IOException {
        return found(YAML);
    }

    @Test
    void aForecastOfAFileTakesThreeCommands() throws IOException {
        String version = Repository.pomProperties().get("project.version");

        List<String> commands = found(SHELL).get(0).lines().toList();

        assertThat(commands).hasSize(3);
        assertThat(commands.get(0)).isEqualTo("tar -xzf tickformer-%s.tar.gz".formatted(version));
        assertThat(commands.get(1)).isEqualTo("cd tickformer-" + version);
        assertThat(commands.get(2)).startsWith("bin/tickformer forecast --data my.csv");
    }

    @Test
    void aSettingsFileHasFewerThanTenLinesAndIsOneThatTheJobTakes(@TempDir Path folder)
            throws IOException {
        assertThat(settingsFiles()).hasSize(2);
        for (String yaml : settingsFiles()) {
            assertThat(yaml.lines().count()).isLessThan(10);
            Path file = Files.writeString(folder.resolve("job.yaml"), yaml);
            assertThat(JobSettings.parse("--config", file.toString())).isNotNull();
        }
    }

    @Test
    void everyCommandExistsWithItsOptions() throws IOException {
        CommandLine tickformer = TickformerCommand.commandLine();
        List<String> commands =
                COMMAND.matcher(Repository.read(PAGE))
                        .results()
                        .map(
                                match -> {
                                    CommandLine command =
                                            tickformer.getSubcommands().get(match.group(1));
                                    assertThat(command).as(match.group()).isNotNull();
                                    assertOptions(command.getCommandSpec(), match.group(2));
                                    return match.group(1);
                                })
                        .toList();

        assertThat(commands).containsExactly("forecast", "demo", "doctor", "run", "train");
    }

    private static void assertOptions(CommandSpec command, String words) {
        for (String word : words.split(" ", -1)) {
            if (word.startsWith("--")
                    && !(command.name().equals("run") && word.equals("--config"))) {
                assertThat(command.findOption(word)).as(word).isNotNull();
            }
        }
    }
}
