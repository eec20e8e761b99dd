package io.tickformer.lab.bench;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of every benchmark. */
final class BenchArguments {
    @Option(
            names = "--json",
            description =
                    "Print only JSON lines on standard output, one per case; by default a table.")
    private boolean json;

    @Option(
            names = "--quick",
            description = "Measure less, within 50 seconds on two cores; results are rougher.")
    private boolean quick;

    boolean quick() {
        return quick;
    }

    /** Creates the report of a command. */
    BenchReport report(CommandSpec command, List<Column> columns) {
        return new BenchReport(
                columns, json, command.commandLine().getOut(), command.commandLine().getErr());
    }
}
