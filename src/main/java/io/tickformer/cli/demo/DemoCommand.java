package io.tickformer.cli.demo;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.console.DurationConverter;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.ModelFileReader;
import io.tickformer.console.ProviderArgument;
import io.tickformer.console.UserError;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.job.KafkaOptions;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.process.LogFile;
import io.tickformer.process.Servers;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalNaive;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tickformer demo}: the whole system on one machine, with a live page or a summary. */
@Command(
        name = "demo",
        description = {
            "Starts a Kafka broker, a schema registry and the forecasting job. Replays a simulated"
                    + " fleet of electricity meters, or a file, and shows the forecasts on a live"
                    + " page.",
            "Ctrl-C ends everything it started."
        },
        customSynopsis = "tickformer demo [OPTION]...",
        showDefaultValues = true,
        sortOptions = false)
@Internal
public final class DemoCommand implements Callable<Integer> {
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);

    /** Readings of the meters reach the topic within a minute of one another. */
    private static final Duration FLEET_DISORDER = Duration.ofMinutes(2);

    private static final long HEADLESS_TICKS = 1_000;

    @Spec private CommandSpec command;

    @Option(
            names = "--headless",
            description = "Print a summary at the end instead of serving a live page.")
    private boolean headless;

    @Option(
            names = "--ticks",
            paramLabel = "N",
            description =
                    "Number of ticks to replay. By default unlimited; with --headless 1000 of the"
                            + " fleet or the whole file.")
    private Long ticks;

    @Option(
            names = "--json",
            description =
                    "With --headless: print the figures as a JSON object in the last line of"
                            + " standard output.")
    private boolean json;

    @ArgGroup(validate = false, heading = "%nReplayed data:%n")
    private FeedArguments feedChoice = new FeedArguments();

    @Option(
            names = "--speed",
            paramLabel = "TICKS",
            defaultValue = "2",
            description = "Ticks per second on the live page.")
    private double speed;

    @Option(
            names = "--history",
            paramLabel = "TICKS",
            description =
                    "Number of ticks to replay at full speed first; by default the model's context"
                            + " and two seasons.")
    private Integer history;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "Model file. By default models/meters.onnx for the fleet, and for a file a"
                            + " model that is trained on its first rows.")
    private Path model;

    @Option(
            names = "--tick",
            paramLabel = "LENGTH",
            converter = DurationConverter.class,
            description =
                    "With --model: tick length that overrides the model's own, such as 5m. For"
                            + " models without calendar features, such as models/universal.onnx.")
    private Duration tick;

    @Option(
            names = "--season",
            paramLabel = "TICKS",
            description = "Season of the naive baseline; by default the ticks of a day.")
    private Integer season;

    @Mixin private ProviderArgument provider;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks of the job and partitions of its topics.")
    private int parallelism = 2;

    @Mixin private PageArguments page;

    @Mixin private ConnectionArguments existing;

    @Override
    public Integer call() throws Exception {
        check();
        Path logs = LogFile.inNewFolder("demo");
        PrintWriter out = command.commandLine().getOut();
        CsvModelTrainer models =
                new CsvModelTrainer(
                        command.parent().subcommands().get("train"), provider.provider());
        PreparedFeed prepared = feedChoice.prepare(model, models);
        try (Feed feed = prepared.feed()) {
            ForecastSpec spec = readSpec(prepared.model(), tick);
            prepared.requireTick(spec.tickMillis());
            SeasonalNaive naive =
                    season == null
                            ? SeasonalNaive.daily(spec.tickMillis())
                            : new SeasonalNaive(season);
            DemoSettings demo =
                    new DemoSettings(
                            prepared.model(),
                            spec,
                            naive,
                            ticksToReplay(),
                            feedChoice.isFile() ? Duration.ZERO : FLEET_DISORDER,
                            provider.provider(),
                            parallelism,
                            topics(),
                            logs);
            if (headless) {
                headless(demo, feed, out);
            } else {
                live(demo, feed, out);
            }
        }
        return ExitCodes.OK;
    }

    private void headless(DemoSettings demo, Feed feed, PrintWriter out) throws IOException {
        try (Servers servers = Servers.start(existing.given(), demo.logs())) {
            createTopics(demo, servers);
            DemoSummary summary = new HeadlessRun(demo, servers).run(feed);
            summary.print(out);
            if (json) {
                out.println(summary.toJson());
                out.flush();
            }
        }
    }

    private void live(DemoSettings demo, Feed feed, PrintWriter out) throws Exception {
        LiveState state =
                new LiveState(
                        feed.series(),
                        feed.tickMillis(),
                        demo.spec().horizon(),
                        demo.naive(),
                        System::nanoTime);
        // First, so that a port in use is reported before anything else starts.
        try (LiveServer server = page.serve(state)) {
            out.printf("live page  %s%n", server.url());
            out.printf("logs       %s%n", demo.logs());
            out.println("starting; Ctrl-C ends");
            out.flush();
            state.phase("starting the broker and the registry");
            try (Servers servers = Servers.start(existing.given(), demo.logs())) {
                out.printf("broker     %s%n", servers.kafka().bootstrapServers());
                out.printf("registry   %s%n", servers.registry().url());
                out.printf("topics     %s%n", String.join(" ", demo.topics().all()));
                out.flush();
                createTopics(demo, servers);
                long first =
                        history == null
                                ? demo.spec().contextLength() + 2L * demo.naive().period()
                                : history;
                new LiveRun(demo, servers, state, first, speed).run(feed);
            }
        }
    }

    private void check() {
        if (ticks != null && ticks < 1) {
            throw new UserError("--ticks is %d; expected at least 1".formatted(ticks));
        }
        if (!(speed > 0) || speed > 1_000_000) {
            throw new UserError(
                    "--speed is %s; expected more than 0 and at most 1000000 ticks a second"
                            .formatted(speed));
        }
        if (history != null && history < 0) {
            throw new UserError("--history is %d; expected at least 0".formatted(history));
        }
        if (season != null && season < 1) {
            throw new UserError("--season is %d; expected at least 1".formatted(season));
        }
        if (parallelism < 1 || parallelism > 128) {
            throw new UserError("--parallelism is %d; expected 1 to 128".formatted(parallelism));
        }
        page.check();
        if (tick != null && model == null) {
            throw new UserError("--tick requires --model");
        }
        if (json && !headless) {
            throw new UserError(
                    "--json requires --headless: the live page never ends with a summary");
        }
    }

    private long ticksToReplay() {
        if (ticks != null) {
            return ticks;
        }
        return headless && !feedChoice.isFile() ? HEADLESS_TICKS : Long.MAX_VALUE;
    }

    /** On an existing broker, each run creates topics of its own. */
    private DemoTopics topics() {
        return DemoTopics.withPrefix(
                existing.given().containsKey(KafkaOptions.BOOTSTRAP_SERVERS.key())
                        ? "tickformer-demo-" + Instant.now().toEpochMilli() + "-"
                        : "");
    }

    private static void createTopics(DemoSettings demo, Servers servers) throws IOException {
        try (TopicAdmin topics = new TopicAdmin(servers.kafka(), BROKER_PATIENCE)) {
            topics.create(demo.topics().all(), demo.parallelism(), 1);
        }
    }

    /**
     * Reads the spec of a model of single series.
     *
     * @param tick tick length that replaces the model's own; null for none
     */
    static ForecastSpec readSpec(Path file, @Nullable Duration tick) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    file
                            + ": no such model; give one with --model, or train it as"
                            + " models/README.md says");
        }
        byte[] own = ModelFileReader.read(file);
        try (ForecastModel opened =
                ForecastModel.open(
                        tick == null ? own : ModelTickRewriter.change(own, tick.toMillis()),
                        ExecutionProvider.CPU)) {
            ForecastSpec spec = opened.spec();
            if (!spec.channels().isEmpty()) {
                throw new UserError(
                        ("%s is a multichannel model of %s; records of the demo have one value."
                                        + " Give a model of single series")
                                .formatted(file, String.join(", ", spec.channels())));
            }
            return spec;
        } catch (InferenceException | SpecException e) {
            throw new UserError(file + ": " + e.getMessage(), e);
        }
    }
}
