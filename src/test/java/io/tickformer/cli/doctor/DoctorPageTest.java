package io.tickformer.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.job.JobSettings;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/** Holds docs/doctor.md to the checks, options and settings that it names. */
final class DoctorPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");
    private static final Pattern SETTING =
            Pattern.compile(
                    "`((?:tick|source|sink|model|registry|kafka|forecast|checkpoint|job|flink)\\.[a-z.-]*[a-z])`");
    private static final Pattern OPTION = Pattern.compile("`(--[a-z]+)");

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    @Test
    void theTableHasEveryCheckInOrderAndTheStatuses() throws IOException {
        String page = Repository.read("docs/doctor.md");
        String checks = page.substring(page.indexOf("## The checks"));

        assertThat(found(ROW, checks))
                .containsExactlyElementsOf(
                        Arrays.stream(Subject.values()).map(Subject::id).toList());
        assertThat(found(ROW, page.substring(0, page.indexOf("## The checks"))))
                .containsExactlyElementsOf(
                        Arrays.stream(Status.values()).map(Status::text).toList());
    }

    @Test
    void everySettingAndOptionItNamesExists() throws IOException {
        String page = Repository.read("docs/doctor.md");
        CommandSpec command =
                TickformerCommand.commandLine().getSubcommands().get("doctor").getCommandSpec();

        assertThat(found(SETTING, page))
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(JobSettings.isKnown(name)).as(name).isTrue());
        assertThat(found(OPTION, page))
                .hasSizeGreaterThan(4)
                .allSatisfy(name -> assertThat(command.findOption(name)).as(name).isNotNull());
    }

    @Test
    void theExitCodesAreThoseOfTheCommandsHelp() throws IOException {
        List<String> codes =
                found(Pattern.compile("(?m)^\\| (\\d) \\|"), Repository.read("docs/doctor.md"));

        assertThat(codes)
                .containsExactlyElementsOf(
                        TickformerCommand.commandLine()
                                .getSubcommands()
                                .get("doctor")
                                .getCommandSpec()
                                .usageMessage()
                                .exitCodeList()
                                .keySet());
    }
}
