package io.tickformer.lab.chaos;

import io.tickformer.console.UserError;
import io.tickformer.event.Forecast;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.FeedbackFieldReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistryAccess;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.topic.CommittedRecordReader;
import io.tickformer.lab.bench.BenchModel;
import io.tickformer.process.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.execution.JobClient;

/**
 * One run: the job under faults while the producer continues, then the same events through an
 * undisturbed job on the same cluster, then the comparison.
 */
final class ChaosRun {
    /** Maximum time without a new forecast. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Several checkpoint intervals: any duplicate has arrived by then. */
    private static final Duration SETTLED = Duration.ofSeconds(4);

    /** One more checkpoint interval. */
    private static final Duration COMMITTED = Duration.ofSeconds(2);

    private static final Duration LINGER = Duration.ofMillis(5);
    private static final Duration PRODUCER_PATIENCE = Duration.ofHours(1);
    private static final Duration POLL = Duration.ofMillis(100);

    private final ChaosPlan plan;
    private final ChaosReport report;
    private final ChaosCluster cluster;
    private final OutputFormat format;
    private final Path model;

    ChaosRun(ChaosPlan plan, ChaosReport report, ChaosCluster cluster, TemporaryFolder directory)
            throws IOException {
        this.plan = plan;
        this.report = report;
        this.cluster = cluster;
        // These readers must survive a registry that is down.
        this.format =
                OutputFormat.avro(
                        new RegistrySettings(
                                cluster.registryUrl(),
                                RegistrySettings.DEFAULT_TIMEOUT,
                                8,
                                RegistrySettings.DEFAULT_PAUSE,
                                RegistryAccess.OPEN));
        this.model =
                Files.write(
                        directory.path().resolve("chaos.onnx"), BenchModel.onnx(ChaosPlan.spec()));
    }

    ChaosResult run() throws IOException {
        ChaosJob disturbed = new ChaosJob("disturbed");
        ChaosJob undisturbed = new ChaosJob("undisturbed");
        createTopics(disturbed);
        createTopics(undisturbed);
        ChaosStream stream = plan.stream();
        List<Recovery> recoveries;
        Map<SeriesTick, Integer> seen;
        try (ObservationProducer producer = producer(disturbed);
                ForecastWatch watch = watch(disturbed)) {
            report.progress("submitting the job");
            JobClient job = disturbed.submit(cluster, model, plan.settings());
            try (StreamSender sender = new StreamSender(producer, stream, plan.tickPause())) {
                recoveries = disturb(watch, sender);
                sender.finish();
            }
            awaitAll(watch, stream.keys());
            settle(watch, SETTLED);
            ChaosJob.cancel(job, cluster);
            seen = watch.seen();
        }
        List<Forecast> right = undisturbed(undisturbed, stream.ticks());
        List<Forecast> found = readAll(disturbed);
        Verdict self = Verdict.of(stream.keys(), right, right);
        if (!self.isClean()) {
            throw new UserError("the undisturbed run does not match its events: " + self);
        }
        return new ChaosResult(
                Verdict.of(stream.keys(), right, found),
                Verdict.ofFeedback(ofSeries(undisturbed.scores()), ofSeries(disturbed.scores())),
                Verdict.ofFeedback(
                        ofSeries(undisturbed.anomalies()), ofSeries(disturbed.anomalies())),
                withdrawn(seen, found),
                count(disturbed.late()) + count(undisturbed.late()),
                count(disturbed.deadLetters()) + count(undisturbed.deadLetters()),
                recoveries,
                cluster.unplannedEnds(),
                stream.ticks());
    }

    private void createTopics(ChaosJob job) throws IOException {
        try (TopicAdmin topics = new TopicAdmin(cluster.bootstrapServers(), PATIENCE)) {
            topics.create(
                    List.of(
                            job.observations(),
                            job.forecasts(),
                            job.deadLetters(),
                            job.late(),
                            job.scores(),
                            job.anomalies(),
                            job.events()),
                    ChaosPlan.PARTITIONS,
                    1);
        }
    }

    private ObservationProducer producer(ChaosJob job) throws IOException {
        return new ObservationProducer(
                KafkaConnection.of(cluster.bootstrapServers()),
                job.observations(),
                format,
                LINGER,
                PRODUCER_PATIENCE);
    }

    private ForecastWatch watch(ChaosJob job) {
        return new ForecastWatch(cluster.bootstrapServers(), job.forecasts(), format);
    }

    private List<Forecast> readAll(ChaosJob job) throws IOException {
        return ForecastWatch.readAll(cluster.bootstrapServers(), job.forecasts(), format);
    }

    /**
     * The records of single series in a topic of the feedback. Those of the whole job hold what the
     * series have said by a watermark, which differs between runs.
     */
    private List<FeedbackFieldReader.Found> ofSeries(String topic) throws IOException {
        try (FeedbackFieldReader reader =
                new FeedbackFieldReader(cluster.bootstrapServers(), topic, format)) {
            return reader.rest().stream().filter(record -> !record.series().isEmpty()).toList();
        }
    }

    /** Injects the faults, from the first forecast until the recovery from the last fault. */
    private List<Recovery> disturb(ForecastWatch watch, StreamSender sender) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (watch.seen().isEmpty()) {
            watch.poll();
            sender.check();
            if (System.nanoTime() > deadline) {
                throw new UserError(
                        "the job gave no forecast within %d seconds of its start"
                                .formatted(PATIENCE.toSeconds()));
            }
        }
        report.progress("the first forecasts have arrived");
        FaultInjector injector =
                new FaultInjector(plan.faults(), cluster, report, System.nanoTime());
        while (!injector.isDone()) {
            injector.inject(System.nanoTime());
            cluster.keep(System.nanoTime());
            watch.poll();
            injector.seen(watch.latestIssue(), System.nanoTime());
            sender.check();
            if (injector.waitingSeconds(System.nanoTime()) > PATIENCE.toSeconds()) {
                report.progress("no recovery within %s; no more faults".formatted(PATIENCE));
                break;
            }
        }
        return injector.recoveries();
    }

    /** Waits until every forecast was seen, or none has arrived for a long time. */
    private void awaitAll(ForecastWatch watch, Set<SeriesTick> expected) throws IOException {
        int before = watch.seen().size();
        long last = System.nanoTime();
        while (!watch.seen().keySet().containsAll(expected)) {
            cluster.keep(System.nanoTime());
            watch.poll();
            if (watch.seen().size() > before) {
                before = watch.seen().size();
                last = System.nanoTime();
            } else if (System.nanoTime() - last > PATIENCE.toNanos()) {
                report.progress(
                        "%d of %d forecasts have arrived, and no more come"
                                .formatted(before, expected.size()));
                break;
            }
        }
    }

    /** Continues to read for a while. */
    private static void settle(ForecastWatch watch, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            watch.poll();
        }
    }

    private List<Forecast> undisturbed(ChaosJob job, long ticks) throws IOException {
        report.progress("running the same %d ticks through an undisturbed job".formatted(ticks));
        ChaosStream stream = plan.stream();
        try (ObservationProducer producer = producer(job);
                ForecastWatch watch = watch(job)) {
            StreamSender.sendAll(producer, stream, ticks);
            JobClient client = job.submit(cluster, model, plan.settings());
            awaitAll(watch, stream.keys());
            // Another sink may commit its part of a checkpoint later.
            settle(watch, COMMITTED);
            ChaosJob.cancel(client, cluster);
        }
        return readAll(job);
    }

    private static long withdrawn(Map<SeriesTick, Integer> seen, List<Forecast> found) {
        Map<SeriesTick, Integer> there = new HashMap<>();
        found.forEach(forecast -> there.merge(SeriesTick.of(forecast), 1, Integer::sum));
        return seen.entrySet().stream()
                .mapToLong(
                        each -> Math.max(0, each.getValue() - there.getOrDefault(each.getKey(), 0)))
                .sum();
    }

    private long count(String topic) {
        long count = 0;
        try (CommittedRecordReader records =
                new CommittedRecordReader(cluster.bootstrapServers(), topic)) {
            do {
                count += records.poll(POLL).count();
            } while (!records.isAtEnd());
        }
        return count;
    }
}
