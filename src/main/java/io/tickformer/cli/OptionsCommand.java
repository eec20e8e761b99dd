package io.tickformer.cli;

import io.tickformer.job.OptionDocs;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prints the settings of the job or the commands; {@code docs/options.md} and {@code
 * docs/command-line.md} are its output.
 */
@Command(name = "options", description = "Prints the settings of the job, as Markdown.")
final class OptionsCommand implements Runnable {
    @Option(
            names = "--commands",
            description = "Print the commands and their options instead of the settings.")
    private boolean commands;

    @Spec private CommandSpec command;

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        out.print(
                commands
                        ? CommandDocs.markdown(command.commandLine().getParent())
                        : OptionDocs.markdown());
        out.flush();
    }
}
