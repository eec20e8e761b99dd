package io.tickformer.cli.bench;

import io.tickformer.cli.ExitCodes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tickformer bench pipeline}: the whole way from Kafka to Kafka. */
@Command(
        name = "pipeline",
        description = "Measures the job from Kafka to Kafka.",
        customSynopsis = "tickformer bench pipeline [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
final class PipelineCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Mixin private BenchArguments arguments;

    @Override
    public Integer call() {
        try (BenchReport report =
                arguments.report(command, List.of(Column.of("variant", "variant")))) {
            report.machine();
        }
        return ExitCodes.OK;
    }
}
