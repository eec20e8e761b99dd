package io.tickformer.cli.demo;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.job.InputTopicsReader;
import io.tickformer.job.JobConnections;
import io.tickformer.job.JobSettings;
import io.tickformer.job.SourceOptions;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.source.ObservationFollower;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads the topics of a job that runs elsewhere into the state of the live page, until it ends. */
final class WatchRun {
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Number of ticks after which the value of a tick is final on the page. */
    private static final int FINAL_AFTER = 3;

    private final JobSettings job;
    private final DemoTopics topics;
    private final long newest;
    private final LiveState state;
    private final TickActuals actuals;
    private long newestTick = Long.MIN_VALUE;

    /**
     * @param newest number of records of each partition to begin with
     */
    WatchRun(JobSettings job, DemoTopics topics, ForecastSpec spec, long newest, LiveState state) {
        this.job = job;
        this.topics = topics;
        this.newest = newest;
        this.state = state;
        this.actuals = new TickActuals(spec.tickMillis(), spec.tickMeaning().aggregate());
    }

    void run() throws IOException, InterruptedException {
        KafkaConnection kafka = JobConnections.kafka(job);
        awaitTopics(kafka);
        state.phase("watching the job");
        try (ObservationFollower observations =
                        InputTopicsReader.follow(job, Clock.systemUTC(), newest);
                TopicPolls polls =
                        new TopicPolls(kafka, JobConnections.registry(job), topics, state)) {
            polls.skipToNewest(newest);
            while (!Thread.currentThread().isInterrupted()) {
                observations.poll(POLL, this::observe);
                polls.poll(POLL);
            }
        }
    }

    private void observe(Observation one) {
        state.sent(actuals.add(one.series(), one.eventTimeMillis(), one.value()));
        if (actuals.newest() > newestTick) {
            newestTick = actuals.newest();
            List<Tick> finalNow = actuals.drainOlderThan(FINAL_AFTER);
            state.tickSent(finalNow);
        }
    }

    /** The job creates its output topics when it starts, which may be after this. */
    private void awaitTopics(KafkaConnection kafka) throws IOException, InterruptedException {
        List<String> needed = new ArrayList<>(topics.all());
        needed.remove(topics.observations());
        needed.addAll(job.get(SourceOptions.TOPICS));
        try (TopicAdmin admin = new TopicAdmin(kafka, BROKER_PATIENCE)) {
            while (!admin.names().containsAll(needed)) {
                state.phase("waiting for the topics of the job");
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }
}
