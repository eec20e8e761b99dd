package io.tickformer.cli.history;

import io.tickformer.annotation.Internal;
import io.tickformer.console.DurationConverter;
import io.tickformer.console.JobSettingsSplitter;
import io.tickformer.console.UserError;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.history.History;
import io.tickformer.history.HistoryFiles;
import io.tickformer.history.RowRange;
import io.tickformer.history.TickLengthDetector;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that select a history; the same for every command. */
@Internal
public final class HistoryArguments {
    @Option(
            names = "--data",
            paramLabel = "FILE",
            description =
                    "A CSV file with a header, plain or gzipped. Wide form: one column of event"
                            + " times; every other numeric column is a series. Long form: a column of"
                            + " series keys next to the times and values. Several files of the same"
                            + " form, or their directory, are read as one history.")
    private List<Path> data;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description =
                    "Read a Kafka topic instead of files, from its earliest offset to its end, as"
                            + " the job reads it. Give the settings of the job as a file (--config"
                            + " job.yaml) or one by one, such as --kafka.bootstrap-servers=HOST:PORT or"
                            + " --source.format=json; 'tickformer options' lists them.")
    private String topic;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "With --topic: the settings file of the job, job.yaml.")
    private String config;

    private List<String> settings = List.of();

    private CommandSpec command;

    @Mixin private ColumnArguments columns;

    @Option(
            names = "--key-from-file",
            description = "Prefix the series keys of each file with its name.")
    private boolean keyFromFile;

    @Option(
            names = "--rows",
            paramLabel = "FIRST:END",
            description =
                    "Rows to read, counted from 0 without the header, END excluded; 0:8640 is the"
                            + " first 8640 rows. By default all.")
    private String rows;

    @Option(
            names = "--tick",
            paramLabel = "LENGTH",
            converter = DurationConverter.class,
            description =
                    "Tick length, such as 15m or 1h. By default the most common time step between"
                            + " values of a series or, if times are irregular, the usual length nearest"
                            + " to the median step.")
    private Duration tick;

    @Option(
            names = "--aggregate",
            paramLabel = "NAME",
            description =
                    "How the observations of a tick are aggregated: mean, sum, last, min, max or"
                            + " count. By default as the job's settings say with --topic, otherwise as"
                            + " the model says, or mean without a model. Only a model trained on"
                            + " synthetic series accepts another aggregate.")
    private TickAggregate aggregate;

    @Option(
            names = "--empty",
            paramLabel = "WHAT",
            description =
                    "Value of a tick without observations while its series lives: missing, zero, or"
                            + " last, the value before it. By default as the job's settings say with"
                            + " --topic, otherwise as the model says; without a model, zero for sum and"
                            + " count and missing otherwise.")
    private EmptyTickPolicy empty;

    private TopicSource source;

    /** Receives the arguments that are not options of the command: settings of the job. */
    @Spec(Spec.Target.MIXEE)
    void setCommand(CommandSpec command) {
        this.command = command;
        JobSettingsSplitter.takeFrom(command, given -> settings = given);
    }

    /**
     * Reads the history. The caller closes it.
     *
     * @throws UserError if no history is given, or two
     * @throws io.tickformer.history.HistoryException if the data is not a history
     * @throws IOException if it cannot be read
     */
    public History read() throws IOException {
        return topic == null ? readFiles() : source().read(command.commandLine().getErr());
    }

    /** The topic with the settings of its job; created once. */
    private TopicSource source() {
        if (source != null) {
            return source;
        }
        if (data != null || rows != null || columns.isGiven()) {
            throw new UserError(
                    "--topic excludes --data and the options that select rows and columns; give one"
                            + " or the other");
        }
        JobSettingsArguments topicSettings =
                new JobSettingsArguments(command.commandLine(), settings);
        source = new TopicSource(topicSettings.read(topic, config));
        return source;
    }

    /**
     * Checks that no option of a history is given.
     *
     * @param instead the option that gives the history
     * @throws UserError if a history option or an unknown argument is given
     */
    public void requireNone(String instead) {
        new JobSettingsArguments(command.commandLine(), settings).requireNone(config);
        boolean readsOther = data != null || topic != null || rows != null || columns.isGiven();
        if (readsOther || tick != null || aggregate != null || empty != null) {
            throw new UserError(
                    instead
                            + " generates its own history; give it without --data, --topic and"
                            + " their options");
        }
    }

    private History readFiles() throws IOException {
        new JobSettingsArguments(command.commandLine(), settings).requireNone(config);
        if (data == null) {
            throw new UserError(
                    "no history; give its file (--data FILE) or a Kafka topic (--topic NAME)");
        }
        return HistoryFiles.read(
                data, columns.of(rows == null ? RowRange.ALL : RowRange.parse(rows)), keyFromFile);
    }

    /** The file of the history, the first of several; the topic's name for a topic. */
    public Path file() {
        return data == null ? Path.of(topic) : data.get(0);
    }

    /** The tick length in milliseconds, given or detected. */
    public long tickMillis(History history) {
        Duration given = tick == null && topic != null ? source().tick() : tick;
        return given == null ? TickLengthDetector.detect(history) : given.toMillis();
    }

    /** The tick length, if given. */
    public Optional<Duration> givenTick() {
        return Optional.ofNullable(tick);
    }

    /**
     * Rejects a history that is too coarse for a model. Finer rows are aggregated to the ticks of
     * the model, as in a job; coarser rows would leave gaps. If an empty tick has a value, as with
     * counts of rare events, gaps are part of the history.
     *
     * @throws UserError if the ticks of the history are longer
     */
    public void requireTicksOf(Path model, ForecastSpec spec, History history) {
        if (spec.emptyTick().hasValue()) {
            return;
        }
        long found = tickMillis(history);
        if (found > spec.tickMillis()) {
            throw new UserError(
                    ("%s has ticks of %d ms; the model %s forecasts ticks of %d ms. Give a finer"
                                    + " history, a model trained on such ticks, or override the tick length of"
                                    + " a model without calendar features with --tick")
                            .formatted(file(), found, model, spec.tickMillis()));
        }
    }

    /** The aggregate as given or, for a topic, as in the job's settings; null for neither. */
    public TickAggregate givenAggregate() {
        return aggregate == null && topic != null ? source().aggregate() : aggregate;
    }

    /** The value of an empty tick as given or, for a topic, as in the job's settings; or null. */
    public EmptyTickPolicy givenEmpty() {
        return empty == null && topic != null ? source().empty() : empty;
    }

    /** What the ticks of the history mean, for a new model. */
    public TickMeaning tickMeaning() {
        TickAggregate given = givenAggregate();
        return new TickMeaning(given == null ? TickAggregate.MEAN : given, givenEmpty());
    }

    /**
     * The model file with the given tick length and aggregate.
     *
     * @throws SpecException if the model does not support them
     */
    public byte[] onGivenTicks(byte[] onnx) {
        return ModelTickRewriter.change(onnx, givenAggregate(), givenEmpty());
    }

    /**
     * The spec of a model with the given tick length and aggregate.
     *
     * @param model name of the model, for messages
     * @throws UserError if the model does not support them
     */
    public ForecastSpec ofGivenTicks(Path model, ForecastSpec spec) {
        try {
            return spec.withRequestedTicks(givenAggregate(), givenEmpty());
        } catch (SpecException e) {
            throw new UserError("%s: %s".formatted(model, e.getMessage()), e);
        }
    }
}
