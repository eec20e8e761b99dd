package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path folder;

    @Test
    void theFileHasARowATickAndAColumnAMeter() throws Exception {
        Path file = folder.resolve("new").resolve("fleet.csv");

        int code = run("--output", file.toString(), "--meters", "5", "--ticks", "30");

        assertThat(code).isEqualTo(ExitCodes.OK);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(31);
        assertThat(lines.get(0))
                .isEqualTo("date,meter-001,meter-002,meter-003,meter-004,meter-005");
        assertThat(lines.get(1)).startsWith("2024-01-01 00:00:00,");
        assertThat(lines.get(30)).startsWith("2024-01-02 05:00:00,");
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(6));
    }

    @Test
    void theSameSeedWritesTheSameBytes() throws Exception {
        Path one = folder.resolve("one.csv");
        Path two = folder.resolve("two.csv");

        run("--output", one.toString(), "--ticks", "50", "--seed", "11");
        run("--output", two.toString(), "--ticks", "50", "--seed", "11");

        assertThat(one).hasSameBinaryContentAs(two);
    }

    @Test
    void theLastLineIsJsonWhenAskedFor() throws Exception {
        run("--output", folder.resolve("a.csv").toString(), "--ticks", "9", "--json");

        List<String> lines = out.toString().lines().toList();
        JsonNode result = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(result.get("ticks").asInt()).isEqualTo(9);
        assertThat(result.get("series").asInt()).isEqualTo(FleetSettings.DEFAULT_METERS);
    }

    @Test
    void aFolderInPlaceOfTheFileIsOneLine() {
        int code = run("--output", folder.toString(), "--ticks", "2");

        assertThat(code).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString().lines()).filteredOn(l -> l.startsWith("error: ")).hasSize(1);
        assertThat(err.toString()).contains(folder.toString());
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "simulate";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(all);
    }
}
