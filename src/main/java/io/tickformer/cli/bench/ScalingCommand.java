package io.tickformer.cli.bench;

import io.tickformer.cli.ExitCodes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickformer bench scaling}: how the cost of a forecast grows, and with what. */
@Command(
        name = "scaling",
        description = {
            "Measures what a forecast costs with longer contexts, wider attention windows, more"
                    + " layers, larger widths and more series.",
            "What is measured, exactly: docs/benchmarks.md."
        },
        customSynopsis = "tickformer bench scaling [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
final class ScalingCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Mixin private BenchArguments arguments;

    @Override
    public Integer call() {
        EngineCases cases = new EngineCases(arguments.quick());
        try (BenchReport report = arguments.report(command, EngineFigures.COLUMNS)) {
            report.machine();
            for (List<EngineVariant> variants : cases.all()) {
                report.progress(variants.get(0).ofCase());
                for (EngineFigures figures :
                        EngineRun.run(variants, cases.rounds(), cases.forecasts())) {
                    report.add(figures.values());
                }
            }
        }
        return ExitCodes.OK;
    }
}
