package io.tickformer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class TickformerCommandTest {
    private static final String LOGGING = "io/tickformer/cli/log4j2-command.xml";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withoutArgumentsItShowsItsUsage() {
        assertThat(execute()).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("Usage: tickformer");
    }

    @Test
    void versionIsTheOneOfTheBuild() {
        assertThat(execute("--version")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).matches("tickformer \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @TestFactory
    Stream<DynamicTest> everyCommandHasHelpInWordsOnly() {
        return TickformerCommand.commandLine().getSubcommands().keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> assertHelpReadsWell(name)));
    }

    private void assertHelpReadsWell(String name) {
        out.getBuffer().setLength(0);
        assertThat(execute(name, "--help")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .startsWith("Usage: tickformer " + name)
                .contains("--help")
                .doesNotContain("Default: [", "Default: :", "Default: null", "=<", "${")
                .doesNotContainPattern("Default: [A-Z]");
        out.getBuffer().setLength(0);
        assertThat(execute(name, "--version")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).startsWith("tickformer ");
    }

    @Test
    void theHelpOfTrainingGivesTheStandardQuantileLevels() {
        execute("train", "--help");

        String levels =
                ForecastSpec.DEFAULT_QUANTILE_LEVELS.stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(","));
        assertThat(out.toString().replaceAll("\\s+", " ")).contains("by default " + levels + ".");
    }

    @Test
    void anUnknownOptionIsOneClearLineAndAHint() {
        assertThat(execute("--hlep")).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString())
                .startsWith("error: Unknown option: '--hlep'")
                .contains("--help")
                .doesNotContain("\tat ");
    }

    @Test
    void aUserErrorIsOneLineAndNoStackTrace() {
        assertThat(throwing(new UserError("the sky is green; paint it blue"))).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("error: the sky is green; paint it blue");
    }

    @Test
    void aSpecThatContradictsItselfIsAUserError() {
        assertThat(throwing(new SpecException("horizon is 0; expected at least 1 tick")))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("error: horizon is 0; expected at least 1 tick");
    }

    @Test
    void aMissingFileIsNamedHoweverDeepItsExceptionLies() {
        assertThat(throwing(new UncheckedIOException(new NoSuchFileException("a.csv"))))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("error: a.csv: no such file or directory");
    }

    @Test
    void aFullDiskIsSaidInTheSystemsWords() {
        assertThat(throwing(new IOException("No space left on device"))).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("error: No space left on device");
    }

    @Test
    void tooLittleMemoryIsOneLineThatSaysWhatHelps() {
        assertThat(throwing(new OutOfMemoryError("Java heap space"))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("error: not enough memory (Java heap space); ")
                .contains("TICKFORMER_HEAP=4g")
                .doesNotContain("\tat ");
    }

    @Test
    void whichProcessorModelsRunOnIsToldOnTheTerminal() throws IOException {
        LoggerContext context = new LoggerContext("command");
        Configuration configuration =
                new XmlConfiguration(
                        context,
                        ConfigurationSource.fromResource(LOGGING, getClass().getClassLoader()));
        configuration.initialize();

        LoggerConfig logger =
                configuration.getLoggerConfig("io.tickformer.inference.runtime.ProviderSelection");

        assertThat(logger.getLevel()).isEqualTo(Level.INFO);
        assertThat(logger.getAppenders()).containsOnlyKeys("terminal");
        assertThat(configuration.getRootLogger().getAppenders()).containsOnlyKeys("file");
    }

    @Test
    void aFaultOfOursShowsItsStackTrace() {
        assertThat(throwing(new IllegalStateException("broken"))).isEqualTo(1);
        assertThat(err.toString()).contains("internal error").contains("\tat io.tickformer");
    }

    private int throwing(Throwable throwable) {
        return redirected(TickformerCommand.commandLine().addSubcommand(new Throwing(throwable)))
                .execute("throw");
    }

    private int execute(String... arguments) {
        return redirected(TickformerCommand.commandLine()).execute(arguments);
    }

    private CommandLine redirected(CommandLine command) {
        return command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    @Command(name = "throw")
    private record Throwing(Throwable throwable) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (throwable instanceof Error error) {
                throw error;
            }
            throw (Exception) throwable;
        }
    }
}
