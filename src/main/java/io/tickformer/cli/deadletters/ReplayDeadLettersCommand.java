package io.tickformer.cli.deadletters;

import io.tickformer.annotation.Internal;
import io.tickformer.cli.history.JobSettingsArguments;
import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.job.DeadLetterAccess;
import io.tickformer.kafka.deadletter.DeadLetterReplay;
import io.tickformer.kafka.deadletter.DeadLetterTopic;
import io.tickformer.kafka.deadletter.StoredDeadLetter;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Lists, exports and replays the dead letters of a job. */
@Command(
        name = "replay-dead-letters",
        description = {
            "Lists the dead letters of a job. With --write, sends them back to the topics that they"
                    + " came from, once you have fixed their cause.",
            "Without --write nothing is written. A replayed letter is marked and skipped from then"
                    + " on. To repair the records themselves, use --export FILE, edit the file, and use"
                    + " --import FILE --write.",
            "The settings of the job tell where the brokers and the dead letters are. Give --config"
                    + " job.yaml or single settings such as --kafka.bootstrap-servers=HOST:PORT."
        },
        customSynopsis =
                "tickformer replay-dead-letters --config job.yaml [--reason CODE]... [--write]")
@Internal
public final class ReplayDeadLettersCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "Settings of the job, job.yaml.")
    private String config;

    @Mixin private DeadLetterFilterArguments filter;

    @Option(
            names = "--write",
            description = "Replay the selected letters; without it they are only counted.")
    private boolean write;

    @Option(
            names = "--to",
            paramLabel = "TOPIC",
            description = "Send them to this topic instead of the topics that they came from.")
    private String to;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description =
                    "Write the selected letters to a file as JSON lines. Readable bytes become"
                            + " text, others Base64.")
    private Path exported;

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description =
                    "Read the letters from such a file, repaired or not, instead of from the"
                            + " topic.")
    private Path imported;

    @Option(names = "--json", description = "Print the summary as one JSON object.")
    private boolean json;

    // Every other argument is a setting of the job.
    @Unmatched private List<String> settings = new ArrayList<>();

    @Spec private CommandSpec command;

    /** A source of letters. */
    private interface Letters {
        /** Passes on the letters. Returns the number of records that are not dead letters. */
        long read(DeadLetterTopic.Handler out) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        filter.check(Instant.now());
        if (exported != null && (write || imported != null)) {
            throw new UserError("--export excludes --write and --import; run --export first");
        }
        if (to != null && to.isBlank()) {
            throw new UserError("--to names no topic");
        }
        DeadLetterAccess job =
                new DeadLetterAccess(
                        new JobSettingsArguments(command.commandLine(), settings)
                                .readForDeadLetters(config));
        DeadLetterTopic topic = job.topic();
        Letters letters = imported == null ? topic::read : out -> readFile(topic, out);
        PrintWriter out = command.commandLine().getOut();
        LetterSummary summary = new LetterSummary();
        long others;
        long written = 0;
        if (write) {
            // Fence off any other replay first. Its marks are then visible.
            try (DeadLetterReplay replay = job.replay()) {
                others = read(letters, summary, letter -> put(letter, replay));
                replay.commit();
                written = replay.committed();
            }
        } else if (exported != null) {
            others = export(letters, summary);
        } else {
            others = read(letters, summary, letter -> {});
        }
        if (json) {
            summary.printJson(out, others, written);
        } else {
            summary.print(out);
            if (others > 0) {
                out.printf("%d records of the topic are not dead letters%n", others);
            }
            out.println(ending(written, summary));
        }
        out.flush();
        return ExitCodes.OK;
    }

    private String ending(long written, LetterSummary summary) {
        if (write) {
            return written + " replayed";
        }
        if (exported != null) {
            return "written to " + exported;
        }
        return summary.isEmpty()
                ? "nothing to replay"
                : "nothing was written; --write replays the selected letters";
    }

    private void put(StoredDeadLetter letter, DeadLetterReplay replay) throws IOException {
        if (letter.whole()) {
            replay.put(letter, Optional.ofNullable(to));
        }
    }

    private long export(Letters letters, LetterSummary summary) throws IOException {
        // An existing file may hold repairs.
        try (BufferedWriter file =
                Files.newBufferedWriter(exported, StandardOpenOption.CREATE_NEW)) {
            return read(
                    letters,
                    summary,
                    letter -> {
                        file.write(LetterLines.write(letter));
                        file.newLine();
                    });
        }
    }

    /** Counts the letters, and gives on those that are selected. */
    private long read(Letters letters, LetterSummary summary, DeadLetterTopic.Handler handler)
            throws IOException {
        return letters.read(
                letter -> {
                    summary.there();
                    if (!filter.matches(letter)) {
                        return;
                    }
                    if (letter.putBack() && !filter.again()) {
                        summary.putBackBefore();
                        return;
                    }
                    summary.selected(letter);
                    handler.handle(letter);
                });
    }

    private long readFile(DeadLetterTopic topic, DeadLetterTopic.Handler out) throws IOException {
        int number = 0;
        Set<String> places = new HashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(imported)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    StoredDeadLetter letter = letter(topic, number, line);
                    if (!places.add(letter.partition() + "@" + letter.offset())) {
                        throw new UserError(
                                "%s line %d: dead letter %d@%d appears twice"
                                        .formatted(
                                                imported,
                                                number,
                                                letter.partition(),
                                                letter.offset()));
                    }
                    out.handle(letter);
                }
            }
        } catch (MalformedInputException e) {
            throw new UserError("%s: it is not UTF-8 text".formatted(imported), e);
        }
        return 0;
    }

    private StoredDeadLetter letter(DeadLetterTopic topic, int number, String line)
            throws IOException {
        StoredDeadLetter read;
        try {
            read = LetterLines.read(line);
        } catch (LetterLines.LineException e) {
            throw new UserError("%s line %d: %s".formatted(imported, number, e.getMessage()), e);
        }
        return read.withPutBack(topic.isPutBack(read.partition(), read.offset()));
    }
}
