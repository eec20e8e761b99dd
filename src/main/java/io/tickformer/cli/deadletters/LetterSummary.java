package io.tickformer.cli.deadletters;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.StoredDeadLetter;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Counts of dead letters by reason and topic, and how many were replayed. */
final class LetterSummary {
    private static final int EXAMPLE_AT_MOST = 120;

    private record Kind(DeadLetterReason reason, String topic) {}

    /** The letters with one reason from one topic. */
    private static final class Group {
        private long count;
        private long failedAgain;
        private long earliest = Long.MAX_VALUE;
        private long latest = Long.MIN_VALUE;
        private String example;
    }

    private final Map<Kind, Group> groups =
            new TreeMap<>(Comparator.comparing(Kind::reason).thenComparing(Kind::topic));
    private long letters;
    private long putBackBefore;
    private long selected;
    private long cut;

    /** Counts a letter. */
    void there() {
        letters++;
    }

    /** Counts a letter that matches the filter but was replayed before. */
    void putBackBefore() {
        putBackBefore++;
    }

    /** Counts a letter that matches the filter. */
    void selected(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        selected++;
        cut += stored.whole() ? 0 : 1;
        Group group =
                groups.computeIfAbsent(
                        new Kind(letter.reason(), letter.topic()), kind -> new Group());
        group.count++;
        group.failedAgain += stored.replays() > 0 ? 1 : 0;
        group.earliest = Math.min(group.earliest, stored.writtenMillis());
        group.latest = Math.max(group.latest, stored.writtenMillis());
        if (group.example == null) {
            String text =
                    "%s-%d@%d: %s"
                            .formatted(
                                    letter.topic(),
                                    letter.partition(),
                                    letter.offset(),
                                    letter.detail());
            group.example =
                    text.length() <= EXAMPLE_AT_MOST
                            ? text
                            : text.substring(0, EXAMPLE_AT_MOST) + "…";
        }
    }

    /** Whether no letter is selected. */
    boolean isEmpty() {
        return selected == 0;
    }

    /** Prints the summary as text. */
    void print(PrintWriter out) {
        out.printf(
                "%d dead letters, %d replayed before and skipped, %d selected%n",
                letters, putBackBefore, selected);
        groups.forEach(
                (kind, group) -> {
                    out.printf(
                            "%8d %s from %s, %s to %s%s%n",
                            group.count,
                            kind.reason(),
                            kind.topic(),
                            Instant.ofEpochMilli(group.earliest),
                            Instant.ofEpochMilli(group.latest),
                            group.failedAgain == 0
                                    ? ""
                                    : ", %d of them failed again".formatted(group.failedAgain));
                    // Text of a producer must not control the terminal.
                    out.printf("         e.g. %s%n", group.example.replaceAll("\\p{Cntrl}", "."));
                });
        if (cut > 0) {
            out.printf("%d of them were too large to be kept whole and are not replayed%n", cut);
        }
    }

    /** Prints the summary as one line of JSON. */
    void printJson(PrintWriter out, long others, long written) {
        ObjectNode json = new JsonMapper().createObjectNode();
        json.put("dead_letters", letters);
        json.put("put_back_before", putBackBefore);
        json.put("selected", selected);
        json.put("cut", cut);
        json.put("put_back", written);
        json.put("no_dead_letters", others);
        ObjectNode reasons = json.putObject("reasons");
        groups.forEach(
                (kind, group) ->
                        reasons.put(
                                kind.reason().name(),
                                reasons.path(kind.reason().name()).asLong() + group.count));
        out.println(json);
    }
}
