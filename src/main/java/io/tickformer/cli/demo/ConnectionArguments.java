package io.tickformer.cli.demo;

import io.tickformer.console.JobSettingsSplitter;
import io.tickformer.job.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How to connect to an existing broker and schema registry. */
final class ConnectionArguments {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "An existing Kafka broker.")
    private String bootstrapServers;

    // Text and not a URL: an error message about an invalid URL must not show a password in it.
    @Option(
            names = "--registry-url",
            paramLabel = "URL",
            description = "The Confluent-compatible endpoint of an existing schema registry.")
    private String registryUrl;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "A settings file of the job. The command reads from it how to connect to Kafka"
                            + " and the registry, such as TLS or a password. You can also give these"
                            + " settings after the options; 'tickformer options' lists them.")
    private String config;

    /** Every other argument: a setting of the job, or a typing mistake. */
    private List<String> settings = List.of();

    private CommandSpec command;

    @Spec(Spec.Target.MIXEE)
    void setCommand(CommandSpec command) {
        this.command = command;
        JobSettingsSplitter.takeFrom(command, given -> settings = given);
    }

    /**
     * The connection settings as given.
     *
     * @throws io.tickformer.job.OptionException if a setting is unknown or the file cannot be read
     */
    Map<String, String> given() {
        JobSettingsSplitter.requireKnown(command.commandLine(), settings);
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
