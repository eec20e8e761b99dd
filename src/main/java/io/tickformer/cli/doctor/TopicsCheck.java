package io.tickformer.cli.doctor;

import io.tickformer.job.JobConnections;
import io.tickformer.job.JobSettings;
import io.tickformer.job.KafkaOptions;
import io.tickformer.job.NearestName;
import io.tickformer.job.OptionException;
import io.tickformer.job.SinkOptions;
import io.tickformer.job.SourceOptions;
import io.tickformer.job.TriedModel;
import io.tickformer.kafka.sink.DeliveryMode;
import io.tickformer.kafka.topic.ClusterProbe;
import io.tickformer.kafka.topic.ClusterProbe.Topic;
import io.tickformer.kafka.topic.Permission;
import io.tickformer.monitoring.ReadableNumbers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at the topics of the job, and at what this user may do with them. */
final class TopicsCheck implements Check {
    @Override
    public List<Subject> subjects() {
        return List.of(Subject.INPUT_TOPICS, Subject.OUTPUT_TOPICS, Subject.TRANSACTIONS);
    }

    @Override
    public void run(Examination examination, Findings findings) throws IOException {
        if (!examination.brokersAnswer()) {
            subjects().forEach(subject -> findings.skipped(subject, "there are no brokers"));
            return;
        }
        JobSettings settings = examination.settings();
        try (ClusterProbe probe =
                new ClusterProbe(JobConnections.kafka(settings), examination.timeout())) {
            Set<String> there = probe.names();
            inputs(examination, probe, there, findings);
            outputs(examination, probe, there, findings);
        }
        transactions(examination, findings);
    }

    private static void inputs(
            Examination examination, ClusterProbe probe, Set<String> there, Findings findings)
            throws IOException {
        List<String> existing = new ArrayList<>();
        for (String name : examination.settings().get(SourceOptions.TOPICS)) {
            if (there.contains(name)) {
                existing.add(name);
            } else {
                findings.problem(
                        Subject.INPUT_TOPICS,
                        "there is no topic %s, or this user may not see it".formatted(name),
                        NearestName.to(name, there)
                                .map(
                                        near ->
                                                "did you mean %s? Correct source.topics"
                                                        .formatted(near))
                                .orElse("create it, or correct source.topics"));
            }
        }
        List<String> parts = new ArrayList<>();
        probe.topics(existing)
                .forEach(
                        (name, topic) -> {
                            input(examination, name, topic, findings);
                            parts.add(description(name, topic));
                        });
        String group = examination.settings().get(KafkaOptions.GROUP_ID);
        if (probe.mayUseGroup(group) == Permission.NO) {
            findings.problem(
                    Subject.INPUT_TOPICS,
                    "this user may not read with the consumer group %s".formatted(group),
                    "grant it READ on that group, or set kafka.group-id to a group of its own");
        }
        boolean hasProblem =
                findings.all().stream().anyMatch(found -> found.status() == Status.PROBLEM);
        if (!hasProblem) {
            examination.inputsDoExist();
        }
        if (!findings.has(Subject.INPUT_TOPICS)) {
            findings.ok(Subject.INPUT_TOPICS, String.join("; ", parts));
        }
    }

    private static void input(
            Examination examination, String name, Topic topic, Findings findings) {
        if (topic.mayRead() == Permission.NO) {
            findings.problem(
                    Subject.INPUT_TOPICS,
                    "this user may not read topic %s".formatted(name),
                    "grant it READ and DESCRIBE on that topic");
        }
        leaders(Subject.INPUT_TOPICS, name, topic, findings);
        if (topic.isCompacted()) {
            findings.warning(
                    Subject.INPUT_TOPICS,
                    "topic %s is compacted: of each key, it keeps only the newest readings"
                            .formatted(name),
                    "set its cleanup.policy to delete, so that a new job finds a history");
        }
        long kept = topic.retentionMillis().orElse(-1);
        examination
                .model()
                .map(TopicsCheck::contextMillis)
                .filter(needed -> kept >= 0 && kept < needed)
                .ifPresent(
                        needed ->
                                findings.warning(
                                        Subject.INPUT_TOPICS,
                                        "topic %s keeps records for %s, but a context of the model spans %s"
                                                .formatted(name, time(kept), time(needed)),
                                        "raise retention.ms of the topic, so that a job without a"
                                                + " savepoint can fill its contexts"));
    }

    private static long contextMillis(TriedModel model) {
        return model.spec().contextLength() * model.spec().tickMillis();
    }

    private static void leaders(Subject subject, String name, Topic topic, Findings findings) {
        if (topic.withoutLeader() > 0) {
            findings.problem(
                    subject,
                    "%d of %d partitions of topic %s have no leader"
                            .formatted(topic.withoutLeader(), topic.partitions(), name),
                    "start the missing brokers");
        }
    }

    private static void outputs(
            Examination examination, ClusterProbe probe, Set<String> there, Findings findings)
            throws IOException {
        List<String> existing = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String topic : examination.trial().outputTopics().values()) {
            (there.contains(topic) ? existing : missing).add(topic);
        }
        List<String> parts = new ArrayList<>();
        Map<String, Topic> topics = probe.topics(existing);
        topics.forEach(
                (name, topic) -> {
                    output(name, topic, findings);
                    parts.add(description(name, topic));
                });
        if (!missing.isEmpty()) {
            missing(missing, probe, examination, findings, parts);
        }
        if (examination.model().isPresent()
                && there.contains(examination.settings().get(SinkOptions.TOPIC))) {
            try {
                examination.trial().requireRoomForForecasts(examination.model().get());
            } catch (OptionException e) {
                findings.problem(
                        Subject.OUTPUT_TOPICS,
                        e.getMessage(),
                        "raise the limits that the line names, or emit less");
            }
        }
        if (!findings.has(Subject.OUTPUT_TOPICS)) {
            findings.ok(Subject.OUTPUT_TOPICS, String.join("; ", parts));
        }
    }

    private static void missing(
            List<String> missing,
            ClusterProbe probe,
            Examination examination,
            Findings findings,
            List<String> parts)
            throws IOException {
        String names = String.join(", ", missing);
        if (probe.cluster().mayCreateTopics() == Permission.NO) {
            findings.problem(
                    Subject.OUTPUT_TOPICS,
                    "there is no topic %s, and this user may not create topics".formatted(names),
                    "create them, or grant CREATE on the cluster");
        } else if (!examination.settings().get(KafkaOptions.PREFLIGHT)) {
            findings.warning(
                    Subject.OUTPUT_TOPICS,
                    "there is no topic %s, and kafka.preflight is false, so the job does not create topics"
                            .formatted(names),
                    "create them, or set kafka.preflight to true");
        } else {
            parts.add("created when the job starts: " + names);
        }
    }

    private static void output(String name, Topic topic, Findings findings) {
        if (topic.mayWrite() == Permission.NO) {
            findings.problem(
                    Subject.OUTPUT_TOPICS,
                    "this user may not write to topic %s".formatted(name),
                    "grant it WRITE and DESCRIBE on that topic");
        }
        leaders(Subject.OUTPUT_TOPICS, name, topic, findings);
        if (topic.belowMinimum() > 0) {
            findings.problem(
                    Subject.OUTPUT_TOPICS,
                    "%d of %d partitions of topic %s have fewer replicas in sync than min.insync.replicas, so writes are rejected"
                            .formatted(topic.belowMinimum(), topic.partitions(), name),
                    "start the missing brokers, or lower min.insync.replicas");
        }
    }

    private static void transactions(Examination examination, Findings findings) {
        if (examination.settings().get(SinkOptions.DELIVERY) != DeliveryMode.EXACTLY_ONCE) {
            findings.skipped(Subject.TRANSACTIONS, "sink.delivery is at-least-once");
            return;
        }
        try {
            examination.trial().requireTransactions();
            findings.ok(
                    Subject.TRANSACTIONS,
                    "the brokers allow transactions that last from one checkpoint to the next");
        } catch (OptionException e) {
            findings.problem(
                    Subject.TRANSACTIONS,
                    e.getMessage(),
                    "correct these settings, or set sink.delivery to at-least-once");
        }
    }

    private static String description(String name, Topic topic) {
        String kept =
                topic.retentionMillis().isEmpty()
                        ? ""
                        : topic.retentionMillis().getAsLong() < 0
                                ? ", kept for ever"
                                : ", kept for " + time(topic.retentionMillis().getAsLong());
        return "%s has %s, %s%s"
                .formatted(
                        name,
                        ReadableNumbers.number(topic.partitions(), "partition"),
                        topic.replication() == 1 ? "1 replica" : topic.replication() + " replicas",
                        kept);
    }

    private static String time(long millis) {
        return ReadableNumbers.duration(Duration.ofMillis(millis));
    }
}
