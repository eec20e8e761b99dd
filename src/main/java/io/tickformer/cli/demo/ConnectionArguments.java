package io.tickformer.cli.demo;

import io.tickformer.console.JobArguments;
import io.tickformer.job.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a broker and a schema registry are that run already, and how they let this command in. */
final class ConnectionArguments {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "A Kafka broker that runs already.")
    private String bootstrapServers;

    // Text: a message about an address that is none must not show a password in it.
    @Option(
            names = "--registry-url",
            paramLabel = "URL",
            description =
                    "The Confluent-compatible interface of a schema registry that runs already.")
    private String registryUrl;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Settings of a job: those of kafka and registry say how to connect, by TLS or"
                            + " with a password for instance. They may be given after the options"
                            + " too, see 'tickformer options'.")
    private String config;

    /** Every other argument is a setting of the job, or a slip. */
    private List<String> settings = List.of();

    private CommandSpec command;

    @Spec(Spec.Target.MIXEE)
    void setCommand(CommandSpec command) {
        this.command = command;
        JobArguments.takeFrom(command, given -> settings = given);
    }

    /**
     * The settings that say how to connect, as they were given.
     *
     * @throws io.tickformer.job.OptionException if a setting of the file is unknown or it cannot be
     *     read
     */
    Map<String, String> given() {
        JobArguments.requireKnown(command.commandLine(), settings);
        List<String> all = new ArrayList<>(settings);
        if (config != null) {
            all.add("--config=" + config);
        }
        if (bootstrapServers != null) {
            all.add("--kafka.bootstrap-servers=" + bootstrapServers);
        }
        if (registryUrl != null) {
            all.add("--registry.url=" + registryUrl);
        }
        return JobSettings.connections(all.toArray(String[]::new));
    }
}
