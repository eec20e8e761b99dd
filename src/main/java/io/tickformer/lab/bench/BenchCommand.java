package io.tickformer.lab.bench;

import io.tickformer.annotation.Internal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickformer bench}: measures cost and speed on this machine. */
@Command(
        name = "bench",
        description =
                "Measures on this machine what forecasts cost, and compares that with"
                        + " alternatives.",
        subcommands = {InferenceCommand.class, PipelineCommand.class, ScalingCommand.class})
@Internal
public final class BenchCommand implements Runnable {
    @Spec private CommandSpec command;

    /** Prints the usage: without a subcommand there is nothing else to do. */
    @Override
    public void run() {
        command.commandLine().usage(command.commandLine().getOut());
    }
}
