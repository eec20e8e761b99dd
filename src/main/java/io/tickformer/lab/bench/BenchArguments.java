package io.tickformer.lab.bench;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every benchmark can be told. */
final class BenchArguments {
    @Option(
            names = "--json",
            description =
                    "JSON lines on standard output, one a case, and nothing else there; by default"
                            + " a table.")
    private boolean json;

    @Option(
            names = "--quick",
            description = "Less of everything, to end within 50 seconds on two cores; rougher.")
    private boolean quick;

    boolean quick() {
        return quick;
    }

    /** Where the results of a command go. */
    BenchReport report(CommandSpec command, List<Column> columns) {
        return new BenchReport(
                columns, json, command.commandLine().getOut(), command.commandLine().getErr());
    }
}
