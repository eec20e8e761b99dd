package io.tickformer.lab.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickformer bench}: what it costs and how fast it is, on this machine. */
@Command(
        name = "bench",
        description =
                "Measures on this machine what forecasts cost, beside what they are compared with.",
        subcommands = {InferenceCommand.class, PipelineCommand.class, ScalingCommand.class})
public final class BenchCommand implements Runnable {
    @Spec private CommandSpec command;

    /** Without a subcommand there is nothing to do but to say which there are. */
    @Override
    public void run() {
        command.commandLine().usage(command.commandLine().getOut());
    }
}
