package io.tickformer.cli.history;

import io.tickformer.cli.JobArguments;
import io.tickformer.cli.UserError;
import io.tickformer.event.TickAggregate;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.History;
import io.tickformer.history.HistoryFiles;
import io.tickformer.history.RowRange;
import io.tickformer.history.TickLength;
import io.tickformer.spec.ForecastSpec;
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
                            + " By default mean, or with --topic what the job's settings say.")
    private TickAggregate aggregate;

    /** What the settings of the job say, where they are asked. */
    private TickAggregate jobAggregate = TickAggregate.MEAN;

    private Duration jobTick;

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
        TopicSettings topicSettings = new TopicSettings(command.commandLine(), settings);
        if (topic == null) {
            topicSettings.requireNone(config);
            return readFiles();
        }
        if (data != null || rows != null || columns != null || timeColumn != null) {
            throw new UserError(
                    "--topic goes without --data and the options that choose rows and columns; give"
                            + " the one or the other");
        }
        TopicSource source = new TopicSource(topicSettings.read(topic, config));
        jobAggregate = source.aggregate();
        jobTick = source.tick().orElse(null);
        return source.read(command.commandLine().getErr());
    }

    /**
     * Holds a command to a history that is none of these.
     *
     * @param instead the option that says which
     * @throws UserError if one is given all the same, or a word that means nothing
     */
    public void requireNone(String instead) {
        new TopicSettings(command.commandLine(), settings).requireNone(config);
        if (data != null || topic != null || tick != null || rows != null || columns != null) {
            throw new UserError(
                    instead
                            + " makes a history of its own; give it without --data, --topic and the"
                            + " options that say how these are read");
        }
    }

    private History readFiles() throws IOException {
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
        Duration given = tick == null ? jobTick : tick;
        return given == null ? TickLength.detect(history) : given.toMillis();
    }

    /** The length of a tick as it was given. */
    public Optional<Duration> givenTick() {
        return Optional.ofNullable(tick);
    }

    /**
     * Refuses a history that is too coarse for a model. Finer rows are aggregated to the model's
     * ticks, as a job does; coarser ones would leave holes.
     *
     * @throws UserError if the ticks of the history are longer
     */
    public void requireTicksOf(Path model, ForecastSpec spec, History history) {
        long found = tickMillis(history);
        if (found > spec.tickMillis()) {
            throw new UserError(
                    ("%s has ticks of %d ms; the model %s forecasts ticks of %d ms: give a history as"
                                    + " fine, a model trained on such ticks, or with --tick put one"
                                    + " that knows no calendar on them")
                            .formatted(file(), found, model, spec.tickMillis()));
        }
    }

    /** How the observations of a tick become its value. */
    public TickAggregate aggregate() {
        return aggregate == null ? jobAggregate : aggregate;
    }
}
