package io.tickformer.cli.demo;

import io.tickformer.annotation.Internal;
import io.tickformer.cli.history.JobSettingsArguments;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.job.JobSettings;
import io.tickformer.job.ModelOptions;
import io.tickformer.job.SinkOptions;
import io.tickformer.job.SourceOptions;
import io.tickformer.job.TickOptions;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalNaive;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code tickformer watch}: the live page of a job that runs elsewhere. */
@Command(
        name = "watch",
        description = {
            "Shows the forecasts of a running job on a live page, with what came, scores and"
                    + " anomalies. It only reads the topics of the job.",
            "The settings of the job tell where they are. Give --config job.yaml or single settings"
                    + " such as --kafka.bootstrap-servers=HOST:PORT."
        },
        customSynopsis = "tickformer watch --config job.yaml [OPTION]... [--SETTING VALUE]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class WatchCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "Settings of the job, job.yaml.")
    private String config;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "The model of the job in a file of this machine; by default the setting"
                            + " model.path.")
    private Path model;

    @Option(
            names = "--newest",
            paramLabel = "N",
            description = "Number of records of each partition to begin with.")
    private long newest = 50_000;

    @Mixin private PageArguments page;

    // Every other argument is a setting of the job.
    @Unmatched private List<String> settings = new ArrayList<>();

    @Spec private CommandSpec command;

    @Override
    public Integer call() throws IOException, InterruptedException {
        page.check();
        if (newest < 0) {
            throw new UserError("--newest is %d; expected 0 or more".formatted(newest));
        }
        JobSettings job =
                new JobSettingsArguments(command.commandLine(), settings).readForJob(config);
        DemoTopics topics = topics(job);
        ForecastSpec spec =
                DemoCommand.readSpec(
                                model == null ? Path.of(job.get(ModelOptions.PATH)) : model,
                                job.find(ModelOptions.TICK).orElse(null))
                        .withRequestedTicks(
                                job.find(TickOptions.AGGREGATE).orElse(null),
                                job.find(TickOptions.EMPTY).orElse(null));
        LiveState state =
                new LiveState(
                        List.of(),
                        spec.tickMillis(),
                        spec.horizon(),
                        SeasonalNaive.of(spec),
                        LiveState.LISTED_SERIES,
                        System::nanoTime);
        PrintWriter out = command.commandLine().getOut();
        try (LiveServer server = page.serve(state)) {
            out.printf("live page  %s%n", server.url());
            out.println(
                    "it shows the first %d series; Ctrl-C ends".formatted(LiveState.LISTED_SERIES));
            out.flush();
            new WatchRun(job, topics, spec, newest, state).run();
        }
        return ExitCodes.OK;
    }

    /** The topics of the job, in the order in which the demo has them. */
    private static DemoTopics topics(JobSettings job) {
        if (job.get(SinkOptions.FORMAT) != PayloadFormat.AVRO) {
            throw new UserError("sink.format is json; the live page reads Avro only");
        }
        DemoTopics topics =
                new DemoTopics(
                        String.join(",", job.get(SourceOptions.TOPICS)),
                        job.get(SinkOptions.TOPIC),
                        job.get(SinkOptions.DEAD_LETTER_TOPIC),
                        job.get(SinkOptions.LATE_TOPIC),
                        job.get(SinkOptions.SCORES_TOPIC),
                        job.get(SinkOptions.ANOMALIES_TOPIC),
                        job.get(SinkOptions.EVENTS_TOPIC));
        if (topics.all().contains("")) {
            throw new UserError(
                    "the settings of the job switch a topic off; the live page reads the topics of"
                            + " dead letters, late observations, scores, anomalies and events too");
        }
        return topics;
    }
}
