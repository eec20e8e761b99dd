package io.tickformer.cli.demo;

import io.tickformer.process.LocalJob;
import io.tickformer.process.Servers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The demo with its page. It first replays some history at full speed, so that forecasts appear
 * within seconds, and then sends ticks at the requested pace. One thread sends records, another
 * reads forecasts. A failure of either ends both.
 */
final class LiveRun {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final double NANOS = 1e9;

    private final DemoSettings demo;
    private final Servers servers;
    private final LiveState state;
    private final long history;
    private final double ticksPerSecond;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * @param history number of ticks to send at full speed first
     * @param ticksPerSecond pace of the ticks after them
     */
    LiveRun(
            DemoSettings demo,
            Servers servers,
            LiveState state,
            long history,
            double ticksPerSecond) {
        this.demo = demo;
        this.servers = servers;
        this.state = state;
        this.history = history;
        this.ticksPerSecond = ticksPerSecond;
    }

    /** Runs until the job fails or this process ends. The page stays after the end of the feed. */
    void run(Feed feed) throws Exception {
        try (Replay replay = new Replay(feed, demo.ticks(), servers, demo.topics(), state);
                LocalJob job = DemoJob.start(demo, servers, false)) {
            Thread reader = new Thread(() -> read(job), "demo-reader");
            reader.setDaemon(true);
            reader.start();
            state.phase("replaying history");
            while (replay.hasNext() && replay.sent() < history && !isEnded(0)) {
                replay.next();
            }
            state.phase("live, %s ticks a second".formatted(pace()));
            long start = System.nanoTime();
            long paced = replay.sent();
            while (replay.hasNext() && !isEnded(untilNext(start, replay.sent() - paced))) {
                replay.next();
                replay.flush();
            }
            state.phase("the replay has ended");
            ended.await();
            reader.join();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void read(LocalJob job) {
        try (TopicPolls polls = new TopicPolls(servers, demo.topics(), state)) {
            while (!job.hasEnded()) {
                polls.poll(POLL);
            }
            job.check();
        } catch (IOException | RuntimeException e) {
            failure.set(e);
        } finally {
            ended.countDown();
        }
    }

    private boolean isEnded(long waitNanos) throws InterruptedException {
        return ended.await(waitNanos, TimeUnit.NANOSECONDS);
    }

    private long untilNext(long start, long ticksSince) {
        return start + (long) (ticksSince / ticksPerSecond * NANOS) - System.nanoTime();
    }

    private String pace() {
        return ticksPerSecond == Math.rint(ticksPerSecond)
                ? String.valueOf((long) ticksPerSecond)
                : String.valueOf(ticksPerSecond);
    }
}
