package io.tickformer.cli;

import io.tickformer.job.OptionDocs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the settings of the job; {@code docs/options.md} is its output. */
@Command(name = "options", description = "Prints the settings of the job, as Markdown.")
final class OptionsCommand implements Runnable {
    @Spec private CommandSpec command;

    @Override
    public void run() {
        command.commandLine().getOut().print(OptionDocs.markdown());
        command.commandLine().getOut().flush();
    }
}
