package io.tickformer.cli.inspect;

import io.tickformer.annotation.Internal;
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

/** Prints the contents of a model file and the cost of a forecast. */
@Command(
        name = "inspect",
        description =
                "Prints the contents of a model file, and the cost of a forecast on this machine."
                        + " Works for any ONNX file.",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class InspectCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(
            names = "--spec",
            paramLabel = "FILE.json",
            description =
                    "Spec file of a model from another tool, as for the job; without it such a"
                            + " model is described but not run.")
    private Path spec;

    @Mixin private ProviderArgument provider;

    @Mixin private JsonArgument json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        ModelFacts facts = ModelFacts.read(file, spec == null ? null : SpecFile.read(spec));
        ModelRunResult trial = ModelRunResult.of(facts, provider.provider(), System::nanoTime);
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
