package io.tickformer.cli.doctor;

import io.tickformer.annotation.Internal;
import io.tickformer.cli.history.JobSettingsArguments;
import io.tickformer.console.DurationConverter;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.job.SettingsDraft;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Says what is wrong with this machine, the settings of a job and what they name. */
@Command(
        name = "doctor",
        description = {
            "Says what is wrong with this machine and with the settings of a job, and what to do:"
                    + " Java, memory, the model, brokers, registry, topics, a sample of records, the"
                    + " Flink cluster and its checkpoints.",
            "It takes the settings of the job. What they do not name is skipped. It creates no"
                    + " topic, writes no record and joins no consumer group."
        },
        customSynopsis = "tickformer doctor [--config job.yaml] [--SETTING VALUE]... [OPTION]...",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:no problem",
            "2:wrong arguments, or a settings file that cannot be read",
            "3:at least one problem; with --strict also a warning"
        },
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class DoctorCommand implements Callable<Integer> {
    private static final int MOST_RECORDS = 1_000_000;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings of the job, job.yaml.")
    private String config;

    @Option(
            names = "--cluster",
            paramLabel = "URL",
            description =
                    "REST address of the Flink cluster, such as http://jobmanager:8081; by default"
                            + " flink.rest.address and flink.rest.port of the settings.")
    private URI cluster;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many of the newest records of the input topics to read.")
    private int records;

    @Option(
            names = "--timeout",
            paramLabel = "LENGTH",
            converter = DurationConverter.class,
            defaultValue = "5s",
            description = "How long a request may take.")
    private Duration timeout;

    @Option(names = "--strict", description = "Fail with exit code 3 if there is a warning too.")
    private boolean strict;

    @Option(names = "--json", description = "Print only one JSON object on standard output.")
    private boolean json;

    // Every other argument is a setting of the job.
    @Unmatched private List<String> settings = new ArrayList<>();

    @Spec private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        requireOptions();
        SettingsDraft draft =
                new JobSettingsArguments(command.commandLine(), settings).readForDiagnosis(config);
        KnownSecrets secrets = new KnownSecrets(draft.given());
        Examination examination =
                new Examination(draft, Clock.systemUTC(), timeout, records, cluster);
        DoctorReport report =
                new DoctorReport(new Doctor(Doctor.allChecks(), secrets).examine(examination));
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(report.json());
            out.flush();
        } else {
            report.print(out);
        }
        boolean isIll =
                report.count(Status.PROBLEM) > 0 || (strict && report.count(Status.WARNING) > 0);
        return isIll ? ExitCodes.CHECK_FAILED : ExitCodes.OK;
    }

    private void requireOptions() {
        if (records < 1 || records > MOST_RECORDS) {
            throw new UserError(
                    "--records is %d; expected 1 to %d".formatted(records, MOST_RECORDS));
        }
        if (timeout.compareTo(Duration.ofMillis(100)) < 0
                || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new UserError("--timeout is %s; expected 100ms to 5m".formatted(timeout));
        }
        if (cluster != null
                && (cluster.getHost() == null
                        || !List.of("http", "https").contains(cluster.getScheme()))) {
            throw new UserError(
                    "--cluster names no host; expected an address such as http://jobmanager:8081");
        }
    }
}
