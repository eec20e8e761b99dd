package io.tickformer.cli.inspect;

import io.tickformer.console.ExitCodes;
import io.tickformer.console.JsonArgument;
import io.tickformer.console.ProviderArgument;
import io.tickformer.console.SpecFile;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a model's file holds and what a forecast of it costs. */
@Command(
        name = "inspect",
        description =
                "Prints what a model's file holds and what a forecast of it costs on this machine;"
                        + " of any ONNX file, a foreign one included.",
        showDefaultValues = true,
        sortOptions = false)
public final class InspectCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(paramLabel = "FILE", description = "The model's file.")
    private Path file;

    @Option(
            names = "--spec",
            paramLabel = "FILE.json",
            description =
                    "The spec of a model made elsewhere, as for the job; without it such a model is"
                            + " described and not run.")
    private Path spec;

    @Mixin private ProviderArgument provider;

    @Mixin private JsonArgument json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        ModelFacts facts = ModelFacts.read(file, spec == null ? null : SpecFile.read(spec));
        Trial trial = Trial.of(facts, provider.provider(), System::nanoTime);
        new FactsText(facts, trial, out).print();
        if (json.isGiven()) {
            out.println(FactsJson.of(facts, trial));
            out.flush();
        }
        if (trial.whyNot().isPresent()) {
            throw new UserError(file + ": it does not run here: " + trial.objection());
        }
        return ExitCodes.OK;
    }
}
