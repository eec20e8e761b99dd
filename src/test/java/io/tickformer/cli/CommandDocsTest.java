package io.tickformer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.CommandRun;
import io.tickformer.testing.Repository;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Holds docs/command-line.md to the commands. */
final class CommandDocsTest {
    @Test
    void thePageIsWhatTheCommandPrints() throws IOException {
        assertThat(Repository.read("docs/command-line.md"))
                .as(
                        "docs/command-line.md; renew it by './tickformer options --commands >"
                                + " docs/command-line.md'")
                .isEqualTo(CommandRun.of("options", "--commands").out());
    }

    @Test
    void everyCommandHasASectionAndEveryTextIsWhole() throws IOException {
        String page = Repository.read("docs/command-line.md");

        assertThat(TickformerCommand.commandLine().getSubcommands().keySet())
                .allSatisfy(name -> assertThat(page).contains("\n## tickformer " + name + "\n"));
        assertThat(page).doesNotContain("${", "%n", "null", "io.tickformer", "=<");
    }
}
