package io.tickformer.cli.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CommandTextTest {

    @Test
    void whatWasGivenIsToldAndTheSeedAlways() {
        assertThat(text("--data=a.csv", "--resume", "--columns", "x,y"))
                .isEqualTo("./tickformer train --data a.csv --columns x,y --seed 1");
        assertThat(text("--seed", "7", "--data=a.csv"))
                .isEqualTo("./tickformer train --seed 7 --data a.csv");
    }

    @Test
    void wordsAreQuotedForAShell() {
        assertThat(text("--data", "my data.csv", "--columns", "it's|$HOME"))
                .contains("--data 'my data.csv'")
                .contains("--columns 'it'\\''s|$HOME'");
        assertThat(text("--columns", "two\nlines")).contains("--columns $'two\\x0alines'");
    }

    @Test
    void secretsAreLeftOut() {
        assertThat(
                        text(
                                "--registry.credentials=me:12345",
                                "--kafka=sasl.jaas.config=user 12345;",
                                "--kafka=client.id=me",
                                "--data=https://me:12345@example.com/a.csv"))
                .doesNotContain("12345")
                .contains("--registry.credentials '<left out>'")
                .contains("--kafka 'sasl.jaas.config=<left out>'")
                .contains("--kafka client.id=me")
                .contains("--data https://example.com/a.csv");
    }

    @Test
    void pathsOfThisMachineAreToldFromHere() {
        Path here = Path.of("").toAbsolutePath();

        assertThat(text("--data", here.resolve("data/a.csv").toString()))
                .isEqualTo("./tickformer train --data data/a.csv --seed 1");
    }

    @Test
    void aLongCommandHasAnOptionALine() {
        String text = text("--data", "a".repeat(60) + ".csv", "--columns", "b".repeat(40));

        assertThat(text.lines().toList())
                .containsExactly(
                        "./tickformer train \\",
                        "    --data " + "a".repeat(60) + ".csv \\",
                        "    --columns " + "b".repeat(40) + " \\",
                        "    --seed 1");
    }

    private static String text(String... arguments) {
        return CommandText.of(
                new CommandLine(new Train()).parseArgs(arguments),
                Set.of("--resume"),
                Map.of("--seed", "1"));
    }

    @Command(name = "train")
    private static final class Train implements Runnable {
        @Option(names = "--data")
        private String data;

        @Option(names = "--columns", split = ",")
        private List<String> columns;

        @Option(names = "--seed")
        private long seed;

        @Option(names = "--resume")
        private boolean resume;

        @Option(names = "--registry.credentials")
        private String credentials;

        @Option(names = "--kafka")
        private List<String> kafka;

        @Override
        public void run() {
            throw new UnsupportedOperationException(
                    "%s %s %d %b %s %s".formatted(data, columns, seed, resume, credentials, kafka));
        }
    }
}
