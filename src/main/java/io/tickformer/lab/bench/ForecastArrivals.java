package io.tickformer.lab.bench;

import io.tickformer.kafka.issued.ForecastTickIndexReader;
import io.tickformer.process.LocalJob;
import java.io.IOException;
import java.time.Duration;

/** Reads the forecasts of a running job as they arrive and records a timeline. Not thread-safe. */
final class ForecastArrivals {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long SAMPLE_NANOS = 10_000_000L;

    private final LocalJob job;
    private final ForecastTickIndexReader reader;
    private final JobResources resources;
    private final Timeline timeline = new Timeline();
    private long forecasts;
    private long sampled = System.nanoTime() - SAMPLE_NANOS;

    ForecastArrivals(LocalJob job, ForecastTickIndexReader reader, JobResources resources) {
        this.job = job;
        this.reader = reader;
        this.resources = resources;
    }

    /**
     * Waits a little for forecasts.
     *
     * @return the tick indices of the forecasts that arrived
     * @throws io.tickformer.console.UserError if the job has failed
     */
    long[] poll() throws IOException {
        job.check();
        long[] ticks = reader.poll(POLL);
        forecasts += ticks.length;
        if (forecasts > 0 && System.nanoTime() - sampled >= SAMPLE_NANOS) {
            sample();
        }
        return ticks;
    }

    private void sample() {
        sampled = System.nanoTime();
        timeline.add(
                new Timeline.Sample(
                        sampled, forecasts, resources.cpuNanos(), resources.allocatedBytes()));
    }

    /** Number of forecasts so far. */
    long forecasts() {
        return forecasts;
    }

    /** Throughput so far, without the {@code warmUp} after the first forecast. */
    Throughput steady(Duration warmUp) {
        sample();
        return timeline.steady(warmUp);
    }
}
