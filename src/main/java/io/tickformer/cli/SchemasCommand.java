package io.tickformer.cli;

import io.tickformer.job.AsyncApi;
import io.tickformer.job.TopicDocs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prints the topics of the job and the fields of their records; {@code docs/asyncapi.yaml} and a
 * part of {@code docs/output.md} are its output.
 */
@Command(
        name = "schemas",
        description = "Prints the output topics of the job and their fields, as Markdown.")
final class SchemasCommand implements Runnable {
    @Spec private CommandSpec command;

    @Option(
            names = "--asyncapi",
            description = "Prints a description of all topics in AsyncAPI 3.0 instead, as YAML.")
    private boolean asyncApi;

    @Override
    public void run() {
        command.commandLine().getOut().print(asyncApi ? AsyncApi.yaml() : TopicDocs.markdown());
        command.commandLine().getOut().flush();
    }
}
