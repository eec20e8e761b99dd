package io.tickformer.cli;

import io.tickformer.cli.run.MonitoredRun;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.job.ForecastJob;
import io.tickformer.job.JobIdentity;
import io.tickformer.job.JobSettings;
import io.tickformer.job.PreparedJob;
import io.tickformer.job.RuntimeOptions;
import io.tickformer.process.LogFile;
import io.tickformer.process.Ports;
import io.tickformer.process.StateFolder;
import io.tickformer.process.TemporaryFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Runs the job in this process, in a Flink mini cluster, for users without a cluster. The job and
 * its settings are those of the job jar.
 */
@Command(
        name = "run",
        description =
                "Runs the job in this process until it ends or you press Ctrl-C. It takes the"
                        + " settings of the job; 'tickformer options' lists them.",
        customSynopsis = "tickformer run --config job.yaml [--SETTING VALUE]...")
final class RunCommand implements Callable<Integer> {
    private static final long NEEDED_BYTES = 64L << 20;

    // Every argument is a setting of the job. The job rejects unknown settings.
    @Unmatched private List<String> settings = new ArrayList<>();

    @Spec private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        String log = log();
        JobSettings parsed = JobSettings.parse(settings.toArray(String[]::new));
        Optional<StateFolder> state = state(parsed);
        if (state.isPresent()) {
            settings.add(
                    "--%s=%s"
                            .formatted(
                                    RuntimeOptions.CHECKPOINT_DIRECTORY.key(),
                                    state.get().checkpoints().toUri()));
            parsed = JobSettings.parse(settings.toArray(String[]::new));
        }
        PreparedJob prepared = ForecastJob.prepareWithNotices(parsed);
        StreamExecutionEnvironment job = prepared.environment();
        servePrometheus(job, parsed.get(RuntimeOptions.PROMETHEUS_PORT));
        PrintWriter err = command.commandLine().getErr();
        err.printf("running the job; Ctrl-C ends it; its log is %s%n", log);
        state.ifPresent(folder -> err.printf("checkpoints are kept in %s%n", folder.checkpoints()));
        prepared.startNotices().forEach(err::println);
        err.flush();
        StateFolder.Held held = state.map(StateFolder::hold).orElse(null);
        try (held;
                TemporaryFolder directory =
                        TemporaryFolder.create("tickformer-run-", NEEDED_BYTES)) {
            if (job.getConfiguration().getOptional(CoreOptions.TMP_DIRS).isEmpty()) {
                // Flink leaves files of 24 MB behind after Ctrl-C.
                Configuration temporary = new Configuration();
                temporary.set(CoreOptions.TMP_DIRS, directory.path().toString());
                job.configure(temporary);
            }
            new MonitoredRun(err, prepared.monitoring(), parsed.get(RuntimeOptions.REPORT_INTERVAL))
                    .run(job);
        }
        return ExitCodes.OK;
    }

    /**
     * The default folder of checkpoints. The memory of this process could hold the contexts of only
     * a few series.
     */
    private static Optional<StateFolder> state(JobSettings settings) {
        return settings.nameCheckpointStorage()
                ? Optional.empty()
                : Optional.of(
                        StateFolder.of(
                                System.getenv(),
                                Path.of(System.getProperty("user.home")),
                                JobIdentity.folder(settings)));
    }

    /** Has Flink's reporter serve the metrics of this process. */
    private static void servePrometheus(StreamExecutionEnvironment job, int port) {
        if (port > 0) {
            if (Ports.accepts(port)) {
                throw new UserError(
                        "port %d is in use; choose another for %s"
                                .formatted(port, RuntimeOptions.PROMETHEUS_PORT.key()));
            }
            job.configure(
                    Configuration.fromMap(
                            Map.of(
                                    "metrics.reporter.prometheus.factory.class",
                                    "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                                    "metrics.reporter.prometheus.port",
                                    String.valueOf(port))));
        }
    }

    /** The log file. The logging configuration reads the property when the first logger loads. */
    private static String log() {
        String folder = System.getProperty("java.io.tmpdir");
        String file = "tickformer-%s.log".formatted(System.getProperty("user.name"));
        String log = System.getProperty(LogFile.PROPERTY, Path.of(folder, file).toString());
        System.setProperty(LogFile.PROPERTY, log);
        return log;
    }
}
