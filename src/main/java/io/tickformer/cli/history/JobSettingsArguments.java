package io.tickformer.cli.history;

import io.tickformer.annotation.Internal;
import io.tickformer.console.JobSettingsSplitter;
import io.tickformer.console.UserError;
import io.tickformer.job.JobSettings;
import io.tickformer.job.SettingsDraft;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Settings of the job on the command line of a command that has options of its own. */
@Internal
public final class JobSettingsArguments {
    private final CommandLine command;
    private final List<String> arguments;

    /**
     * @param arguments those that are not options of the command
     */
    public JobSettingsArguments(CommandLine command, List<String> arguments) {
        this.command = command;
        this.arguments = arguments;
    }

    /** Rejects settings that only a topic needs. */
    void requireNone(String config) {
        JobSettingsSplitter.requireKnown(command, arguments);
        if (config != null || !arguments.isEmpty()) {
            throw new UserError(
                    "%s is a setting of the job; expected only together with --topic"
                            .formatted(
                                    config == null
                                            ? JobSettingsSplitter.nameIn(arguments.get(0))
                                            : "--config"));
        }
    }

    /** Settings for reading a topic. */
    JobSettings read(String topic, String config) {
        List<String> all = all(config);
        all.add("--source.topics=" + topic);
        return JobSettings.forReading(all.toArray(String[]::new));
    }

    /** The settings of a job. */
    public JobSettings readForJob(String config) {
        return JobSettings.parse(all(config).toArray(String[]::new));
    }

    /** Settings for reading the dead letters of a job. */
    public JobSettings readForDeadLetters(String config) {
        return JobSettings.forDeadLetters(all(config).toArray(String[]::new));
    }

    /** Settings for a diagnosis. They may be incomplete or wrong. */
    public SettingsDraft readForDiagnosis(String config) {
        return SettingsDraft.read(all(config).toArray(String[]::new));
    }

    private List<String> all(String config) {
        JobSettingsSplitter.requireKnown(command, arguments);
        List<String> all = new ArrayList<>(arguments);
        if (config != null) {
            all.add("--config=" + config);
        }
        return all;
    }
}
