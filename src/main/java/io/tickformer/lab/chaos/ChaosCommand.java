package io.tickformer.lab.chaos;

import io.tickformer.annotation.Internal;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.process.LogFile;
import io.tickformer.process.TemporaryFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer chaos}: tests that crashes change no forecast. */
@Command(
        name = "chaos",
        description = {
            "Kills the processes of a real cluster at random moments and checks that no forecast,"
                    + " score or anomaly is lost, duplicated or different.",
            "Starts a JobManager, two TaskManagers, ZooKeeper, a Kafka broker and a schema"
                    + " registry, each in a process of its own, and the job with exactly-once delivery"
                    + " and a checkpoint every second. While a producer sends events, kill -9 hits the"
                    + " processes, and each is restarted. Then the same events run through an"
                    + " undisturbed job. Ctrl-C ends everything."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {
            "0:no forecast, score or anomaly was lost, duplicated or different",
            "1:at least one was",
            "2:the test could not run"
        },
        customSynopsis = "tickformer chaos [OPTION]...",
        sortOptions = false)
@Internal
public final class ChaosCommand implements Callable<Integer> {
    private static final long NEEDED_BYTES = 2L << 30;
    private static final int MOST_FAULTS = 10_000;
    private static final int SERIES = 200;
    private static final int SERIES_WHEN_QUICK = 50;
    private static final Duration TICK_PAUSE = Duration.ofMillis(500);

    @Spec private CommandSpec command;

    @Option(
            names = "--faults",
            paramLabel = "N",
            description =
                    "Number of kills; by default 20, with --quick 2. All processes are killed in"
                            + " turns, some before the job has recovered from the previous kill.")
    private Integer givenFaults;

    @Option(
            names = "--quick",
            description = "Kill only a TaskManager and the JobManager; takes about a minute.")
    private boolean quick;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the events and the kills; by default random. It is printed.")
    private Long givenSeed;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description =
                    "A setting of the job, such as checkpoint.state-backend=rocksdb; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--json",
            description =
                    "Print only one JSON object on standard output; progress goes to standard"
                            + " error.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ChaosPlan plan = plan();
        ChaosReport report =
                new ChaosReport(
                        json, command.commandLine().getOut(), command.commandLine().getErr());
        try (TemporaryFolder directory =
                TemporaryFolder.create("tickformer-chaos-", NEEDED_BYTES)) {
            // Read by the logging configuration, which is loaded with the first logger, after this.
            LogFile.in(directory.path());
            report.progress("seed %d, logs in %s".formatted(plan.seed(), directory.path()));
            boolean clean = false;
            try {
                ChaosResult result = run(plan, report, directory);
                clean = result.isClean();
                report.result(plan, result);
            } finally {
                if (!clean) {
                    directory.keep();
                    command.commandLine()
                            .getErr()
                            .println("data and logs are kept in " + directory.path());
                }
            }
            return clean ? ExitCodes.OK : ExitCodes.INTERNAL_ERROR;
        }
    }

    private static ChaosResult run(ChaosPlan plan, ChaosReport report, TemporaryFolder directory)
            throws IOException {
        report.progress("starting the cluster");
        try (ChaosCluster cluster = ChaosCluster.start(directory)) {
            return new ChaosRun(plan, report, cluster, directory).run();
        }
    }

    private ChaosPlan plan() {
        if (givenFaults != null && (givenFaults < 1 || givenFaults > MOST_FAULTS)) {
            throw new UserError(
                    "--faults is %d; expected 1 to %d".formatted(givenFaults, MOST_FAULTS));
        }
        long seed = givenSeed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : givenSeed;
        return new ChaosPlan(
                quick && givenFaults == null
                        ? FaultPlan.quick(seed)
                        : FaultPlan.of(givenFaults == null ? 20 : givenFaults, seed),
                seed,
                quick ? SERIES_WHEN_QUICK : SERIES,
                TICK_PAUSE,
                settings);
    }
}
