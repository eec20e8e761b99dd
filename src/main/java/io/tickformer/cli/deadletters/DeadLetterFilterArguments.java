package io.tickformer.cli.deadletters;

import io.tickformer.console.UserError;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.StoredDeadLetter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options that select dead letters. */
final class DeadLetterFilterArguments {
    private static final Pattern AGO = Pattern.compile("(\\d{1,9})(s|m|h|d)");
    private static final Pattern OFFSETS = Pattern.compile("(\\d{1,18})?:(\\d{1,18})?");

    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "CODE",
            description = "Only letters with these reasons: ${COMPLETION-CANDIDATES}.")
    private List<DeadLetterReason> reasons = List.of();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Only letters whose record came from this topic.")
    private String topic;

    @Option(
            names = "--partition",
            paramLabel = "NUMBER",
            description = "Only letters whose record came from this partition.")
    private Integer partition;

    @Option(
            names = "--offsets",
            paramLabel = "FIRST:END",
            description =
                    "Only letters whose record had these offsets in its topic, END excluded; either"
                            + " may be omitted.")
    private String offsets;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only letters written since then: an age such as 90m, 2h or 7d, or an ISO-8601"
                            + " time such as 2026-05-01T12:00:00Z.")
    private String since;

    @Option(names = "--again", description = "Include letters that were replayed before.")
    private boolean again;

    private long first;
    private long end = Long.MAX_VALUE;
    private long sinceMillis = Long.MIN_VALUE;

    /**
     * Parses the options.
     *
     * @throws UserError if one is invalid
     */
    void check(Instant now) {
        if (offsets != null) {
            Matcher matcher = OFFSETS.matcher(offsets);
            if (!matcher.matches()) {
                throw new UserError(
                        "--offsets %s; expected FIRST:END, such as 100:200, 100: or :200"
                                .formatted(offsets));
            }
            first = matcher.group(1) == null ? 0 : Long.parseLong(matcher.group(1));
            end = matcher.group(2) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
        }
        if (since != null) {
            sinceMillis = since(now).toEpochMilli();
        }
    }

    private Instant since(Instant now) {
        Matcher matcher = AGO.matcher(since.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return now.minus(
                    switch (matcher.group(2)) {
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        }
        try {
            return OffsetDateTime.parse(since).toInstant();
        } catch (DateTimeException e) {
            throw new UserError(
                    ("--since is %s; expected an age such as 90m, 2h or 7d, or an ISO-8601 time"
                                    + " such as 2026-05-01T12:00:00Z")
                            .formatted(since),
                    e);
        }
    }

    /** Whether the filter selects a letter, apart from earlier replays. */
    boolean matches(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        return (reasons.isEmpty() || reasons.contains(letter.reason()))
                && (topic == null || topic.equals(letter.topic()))
                && (partition == null || partition == letter.partition())
                && letter.offset() >= first
                && letter.offset() < end
                && stored.writtenMillis() >= sinceMillis;
    }

    /** Whether letters that were replayed before are included. */
    boolean again() {
        return again;
    }
}
