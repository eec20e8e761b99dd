package io.tickformer.lab.bench;

import io.tickformer.console.UserError;
import io.tickformer.job.ForecastJob;
import io.tickformer.job.JobSettings;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTickIndexReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.LocalJob;
import io.tickformer.process.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs one variant of the job: once over the backlog, once at fixed rates. Each run is a new job
 * with an output topic of its own.
 *
 * @param variant the variant
 * @param model its model file
 * @param more additional settings of the job
 */
record PipelineRun(
        PipelinePlan plan,
        Servers servers,
        PipelineVariant variant,
        Path model,
        Map<String, String> more) {
    private static final String BACKLOG = "backlog";
    private static final double NANOS = 1e9;
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);
    private static final Duration COMPILED = Duration.ofSeconds(4);
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    /** Results at a fixed rate. */
    record Paced(Throughput throughput, Latencies latencies) {}

    /** Fills the topic that all variants drain, with equal events. */
    static void fillBacklog(PipelinePlan plan, Servers servers, EventStream events)
            throws IOException {
        createTopics(plan, servers, BACKLOG);
        OutputFormat format = OutputFormat.avro(servers.registry());
        try (ObservationProducer producer =
                new ObservationProducer(servers.kafka(), BACKLOG, format)) {
            for (long i = 0; i < plan.backlogEvents(); i++) {
                producer.send(events.event(i), events.partition(i));
            }
            producer.flush();
        }
    }

    private static void createTopics(PipelinePlan plan, Servers servers, String... names)
            throws IOException {
        try (TopicAdmin topics = new TopicAdmin(servers.kafka(), BROKER_PATIENCE)) {
            topics.create(List.of(names), plan.parallelism(), 1);
        }
    }

    /** Runs until shared code is compiled, so that the first variant does not pay for it. */
    void warmUp() throws IOException {
        drain(variant + "-warm-up", COMPILED);
    }

    /** Drains the backlog, or as much of it as fits in the time. */
    Throughput drain() throws IOException {
        return drain(variant + "-drained", plan.whole());
    }

    private Throughput drain(String output, Duration time) throws IOException {
        createTopics(plan, servers, output);
        EventStream events = plan.events(tickMillis());
        long last = (plan.backlogEvents() / events.perTick() - 1) * events.series();
        try (ForecastTickIndexReader reader =
                new ForecastTickIndexReader(servers.kafka(), output)) {
            JobResources resources = JobResources.beforeStart();
            try (LocalJob job = start(BACKLOG, output)) {
                ForecastArrivals arrivals = new ForecastArrivals(job, reader, resources);
                awaitForecasts(arrivals, 1);
                long end = System.nanoTime() + time.toNanos();
                while (System.nanoTime() < end && arrivals.forecasts() < last) {
                    arrivals.poll();
                }
                return arrivals.steady(plan.warmUp());
            }
        }
    }

    /**
     * Sends events to one job at fixed rates, one rate after the other.
     *
     * @param eventsPerSecond the rates
     * @return the results at each rate
     */
    List<Paced> paced(double... eventsPerSecond) throws IOException {
        String input = variant + "-events";
        String output = variant + "-forecasts";
        createTopics(plan, servers, input, output);
        EventStream events = plan.events(tickMillis());
        OutputFormat format = OutputFormat.avro(servers.registry());
        try (ObservationProducer producer =
                        new ObservationProducer(servers.kafka(), input, format, Duration.ZERO);
                ForecastTickIndexReader reader =
                        new ForecastTickIndexReader(servers.kafka(), output)) {
            // Two ticks; the first one is forecast once the job runs.
            long next = 2L * events.perTick();
            for (long i = 0; i < next; i++) {
                producer.send(events.event(i), events.partition(i));
            }
            producer.flush();
            JobResources resources = JobResources.beforeStart();
            List<Paced> seen = new ArrayList<>();
            try (LocalJob job = start(input, output)) {
                awaitForecasts(new ForecastArrivals(job, reader, resources), events.series());
                for (double rate : eventsPerSecond) {
                    double ticks = rate * plan.whole().toNanos() / NANOS / events.perTick();
                    Latencies latencies =
                            new Latencies(events.series(), events.tick(next) - 1, (int) ticks + 4);
                    PacedSender sender =
                            new PacedSender(
                                    producer,
                                    events,
                                    latencies,
                                    next,
                                    rate,
                                    plan.warmUp(),
                                    plan.whole());
                    ForecastArrivals arrivals = new ForecastArrivals(job, reader, resources);
                    seen.add(new Paced(watch(sender, arrivals, events, latencies), latencies));
                    next += sender.sent();
                }
            }
            return seen;
        }
    }

    private Throughput watch(
            PacedSender sender, ForecastArrivals arrivals, EventStream events, Latencies latencies)
            throws IOException {
        Thread thread = new Thread(sender, "bench-sender");
        thread.setDaemon(true);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        thread.setUncaughtExceptionHandler((any, e) -> failure.complete(e));
        thread.start();
        try {
            while (thread.isAlive()) {
                read(arrivals, events, latencies);
            }
            Throughput throughput = arrivals.steady(plan.warmUp());
            if (failure.isDone()) {
                throw new UserError("sending events failed: " + failure.join().getMessage());
            }
            long end = System.nanoTime() + plan.patience().toNanos();
            while (System.nanoTime() < end && !latencies.allArrived()) {
                read(arrivals, events, latencies);
            }
            latencies.giveUp(System.nanoTime());
            return throughput;
        } finally {
            thread.interrupt();
        }
    }

    private static void read(ForecastArrivals arrivals, EventStream events, Latencies latencies)
            throws IOException {
        long[] ticks = arrivals.poll();
        long now = System.nanoTime();
        for (long tick : ticks) {
            latencies.arrived(events.tickOfIndex(tick), now);
        }
    }

    private static void awaitForecasts(ForecastArrivals arrivals, long count) throws IOException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (arrivals.forecasts() < count) {
            arrivals.poll();
            if (System.nanoTime() > deadline) {
                throw new UserError(
                        "the job produced %d forecasts within %d seconds of its start; expected %d"
                                .formatted(
                                        arrivals.forecasts(), START_PATIENCE.toSeconds(), count));
            }
        }
    }

    private LocalJob start(String input, String output) {
        JobSettings settings = JobSettings.of(settings(input, output));
        return LocalJob.start(
                "tickformer bench", plan.parallelism(), environment -> wire(environment, settings));
    }

    private void wire(StreamExecutionEnvironment environment, JobSettings settings) {
        if (variant == PipelineVariant.PASS_THROUGH) {
            PassThroughOperatorFactory operator =
                    new PassThroughOperatorFactory(variant.model().spec());
            ForecastJob.wire(environment, settings, pipeline -> pipeline.withOperator(operator));
        } else {
            ForecastJob.wire(environment, settings);
        }
    }

    private Map<String, String> settings(String input, String output) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.putAll(servers.settings());
        settings.put("kafka.group-id", output);
        settings.put("source.topics", input);
        settings.put("source.start", "earliest");
        settings.put("source.out-of-orderness", "0 ms");
        settings.put("source.follow-clock", "false");
        settings.put("forecast.from", "earliest");
        settings.put("sink.topic", output);
        settings.put("sink.dead-letter-topic", "");
        settings.put("sink.late-topic", "");
        settings.put("sink.scores-topic", "");
        settings.put("sink.anomalies-topic", "");
        settings.put("sink.events-topic", "");
        // A consumer sees a forecast at once and not only after a checkpoint.
        settings.put("sink.delivery", "at-least-once");
        settings.put("model.path", model.toString());
        settings.put("job.parallelism", String.valueOf(plan.parallelism()));
        settings.put("flink.restart-strategy.type", "none");
        settings.putAll(variant.settings());
        settings.putAll(more);
        return settings;
    }

    private long tickMillis() {
        return variant.model().spec().tickMillis();
    }
}
