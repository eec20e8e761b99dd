package io.tickformer.cli.history;

import io.tickformer.console.JobArguments;
import io.tickformer.console.TickConverter;
import io.tickformer.console.UserError;
import io.tickformer.event.EmptyTick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.History;
import io.tickformer.history.HistoryFiles;
import io.tickformer.history.RowRange;
import io.tickformer.history.TickLength;
import io.tickformer.inference.ModelTick;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The history that a command learns from or looks at; the same options for every command. */
public final class HistoryArguments {
    @Option(
            names = "--data",
            paramLabel = "FILE",
            description =
                    "A CSV file with a header, plain or gzipped: one column of event times, every"
                            + " other numeric column a series; or long, with a column of series keys"
                            + " beside the times and values. Several files of one making, or their"
                            + " directory, are read as one.")
    private List<Path> data;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description =
                    "In place of files: what a Kafka topic holds, from its earliest offset to its end,"
                            + " read as the job reads it. The job's own settings say how, in its"
                            + " file (--config job.yaml) or one by one, such as"
                            + " --kafka.bootstrap-servers=HOST:PORT or --source.format=json; see"
                            + " 'tickformer options'.")
    private String topic;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "With --topic: the settings of the job that reads it, job.yaml.")
    private String config;

    private List<String> settings = List.of();

    private CommandSpec command;

    @Option(
            names = "--time-column",
            paramLabel = "NAME",
            description =
                    "The column of event times; by default the first one called date, time,"
                            + " timestamp or the like.")
    private String timeColumn;

    @Option(
            names = "--key-column",
            paramLabel = "NAME",
            description =
                    "The column of series keys of a long file; by default the one column of text"
                            + " where there is one column of numbers.")
    private String keyColumn;

    @Option(
            names = "--key-from-file",
            description =
                    "Each file holds series of its own, whose keys begin with the file's name.")
    private boolean keyFromFile;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "The columns to read values of; by default every numeric one.")
    private List<String> columns;

    @Option(
            names = "--rows",
            paramLabel = "FIRST:END",
            description =
                    "The rows to read, counted from 0 without the header, END excluded; 0:8640"
                            + " is the first 8640 rows. By default all.")
    private String rows;

    @Option(
            names = "--tick",
            paramLabel = "LENGTH",
            converter = TickConverter.class,
            description =
                    "The length of a tick, such as 15m or 1h; by default the most common step from"
                            + " one value of a series to the next or, where times are irregular, the"
                            + " usual length nearest to the median step.")
    private Duration tick;

    @Option(
            names = "--aggregate",
            paramLabel = "NAME",
            description =
                    "What the observations of one tick become: mean, sum, last, min, max or count."
                            + " By default what the job's settings say with --topic, else what the"
                            + " model says, or mean where there is no model yet. A model takes"
                            + " another one only where it learned from synthetic series.")
    private TickAggregate aggregate;

    @Option(
            names = "--empty",
            paramLabel = "WHAT",
            description =
                    "What a tick without observations is while its series lives: missing, zero, or"
                            + " last, the value before it. By default what the job's settings say"
                            + " with --topic, else what the model says; where there is no model yet,"
                            + " zero for sum and count and missing otherwise.")
    private EmptyTick empty;

    private TopicSource source;

    /** Takes the arguments that are no options of the command: the settings of the job. */
    @Spec(Spec.Target.MIXEE)
    void setCommand(CommandSpec command) {
        this.command = command;
        JobArguments.takeFrom(command, given -> settings = given);
    }

    /**
     * Reads the history, which the caller closes.
     *
     * @throws UserError if it is not said which, or in two ways
     * @throws io.tickformer.history.HistoryException if it cannot be read as one
     * @throws IOException if it cannot be read at all
     */
    public History read() throws IOException {
        return topic == null ? readFiles() : source().read(command.commandLine().getErr());
    }

    /** The topic, as the settings of its job say; asked once. */
    private TopicSource source() {
        if (source != null) {
            return source;
        }
        if (data != null || rows != null || columns != null || timeColumn != null) {
            throw new UserError(
                    "--topic goes without --data and the options that choose rows and columns; give"
                            + " the one or the other");
        }
        TopicSettings topicSettings = new TopicSettings(command.commandLine(), settings);
        source = new TopicSource(topicSettings.read(topic, config));
        return source;
    }

    /**
     * Holds a command to a history that is none of these.
     *
     * @param instead the option that says which
     * @throws UserError if one is given all the same, or a word that means nothing
     */
    public void requireNone(String instead) {
        new TopicSettings(command.commandLine(), settings).requireNone(config);
        boolean readsOther = data != null || topic != null || rows != null || columns != null;
        if (readsOther || tick != null || aggregate != null || empty != null) {
            throw new UserError(
                    instead
                            + " makes a history of its own; give it without --data, --topic and the"
                            + " options that say how these are read");
        }
    }

    private History readFiles() throws IOException {
        new TopicSettings(command.commandLine(), settings).requireNone(config);
        if (data == null) {
            throw new UserError(
                    "no history; give its file (--data FILE) or a Kafka topic (--topic NAME)");
        }
        return HistoryFiles.read(
                data,
                new CsvOptions(
                        keyColumn,
                        timeColumn,
                        columns == null ? List.of() : columns,
                        rows == null ? RowRange.ALL : RowRange.parse(rows)),
                keyFromFile);
    }

    /** The file of the history, the first where there are several; the topic's name for a topic. */
    public Path file() {
        return data == null ? Path.of(topic) : data.get(0);
    }

    /** The length of a tick, given or detected, in milliseconds. */
    public long tickMillis(History history) {
        Duration given = tick == null && topic != null ? source().tick() : tick;
        return given == null ? TickLength.detect(history) : given.toMillis();
    }

    /** The length of a tick as it was given. */
    public Optional<Duration> givenTick() {
        return Optional.ofNullable(tick);
    }

    /**
     * Refuses a history that is too coarse for a model. Finer rows are aggregated to the model's
     * ticks, as a job does; coarser ones would leave holes. Where an empty tick has a value, such
     * as a count of rare events, holes are part of the history.
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
                    ("%s has ticks of %d ms; the model %s forecasts ticks of %d ms: give a history as"
                                    + " fine, a model trained on such ticks, or with --tick put one"
                                    + " that knows no calendar on them")
                            .formatted(file(), found, model, spec.tickMillis()));
        }
    }

    /** The aggregate as it was given, or with a topic as its job has it; null for neither. */
    public TickAggregate givenAggregate() {
        return aggregate == null && topic != null ? source().aggregate() : aggregate;
    }

    /**
     * What an empty tick is, as it was given, or with a topic as its job has it; null for neither.
     */
    public EmptyTick givenEmpty() {
        return empty == null && topic != null ? source().empty() : empty;
    }

    /** What the ticks of the history mean, for a model that is yet to be trained. */
    public TickMeaning tickMeaning() {
        TickAggregate given = givenAggregate();
        return new TickMeaning(given == null ? TickAggregate.MEAN : given, givenEmpty());
    }

    /**
     * The file of a model, on ticks of the meaning that was given.
     *
     * @throws SpecException if the model takes no such ticks
     */
    public byte[] onGivenTicks(byte[] onnx) {
        return ModelTick.change(onnx, givenAggregate(), givenEmpty());
    }

    /**
     * The spec of a model, on ticks of the meaning that was given.
     *
     * @param model where it comes from, for messages
     * @throws UserError if the model takes no such ticks
     */
    public ForecastSpec ofGivenTicks(Path model, ForecastSpec spec) {
        try {
            return spec.withRequestedTicks(givenAggregate(), givenEmpty());
        } catch (SpecException e) {
            throw new UserError("%s: %s".formatted(model, e.getMessage()), e);
        }
    }
}
