package io.tickformer.cli;

import io.tickformer.monitoring.MetricDocs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the metrics of the job; {@code docs/metrics.md} is its output. */
@Command(name = "metrics", description = "Prints the metrics of the job, as Markdown.")
final class MetricsCommand implements Runnable {
    @Spec private CommandSpec command;

    @Override
    public void run() {
        command.commandLine().getOut().print(MetricDocs.markdown());
        command.commandLine().getOut().flush();
    }
}
