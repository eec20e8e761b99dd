package io.tickformer.job;

import io.tickformer.event.Observation;
import io.tickformer.process.BrokerProcess;
import io.tickformer.testing.SeasonalModels;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * The savepoint of a released job that has learned from its forecasts, and the stream from which it
 * has. {@link #main} makes it; the README beside it says when. Ticks count from the first.
 */
final class GoldenFeedback {
    /** Name of the savepoint. */
    static final String NAME = "feedback";

    /** Topic of the observations, which the savepoint holds an offset of. */
    static final String INPUT = "golden-feedback";

    /** Ticks that the job has seen, of which the last is open. */
    static final int SEEN = 500;

    /** Ticks of the whole stream. */
    static final int TICKS = 560;

    /** The model is good at it, but its intervals are too narrow. */
    static final String SEASON = "season";

    /** A random walk, which the model cannot forecast. */
    static final String WALK = "walk";

    /** Spikes before and after the savepoint, among them one within the event of another. */
    static final String SPIKES = "spikes";

    /** Moves to another level just before the savepoint, with hours that are missing. */
    static final String LEVEL = "level";

    private static final List<String> NAMES = List.of(LEVEL, SEASON, SPIKES, WALK);
    private static final long FIRST =
            Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() / SeasonalModels.TICK_MILLIS;

    private GoldenFeedback() {}

    /** Makes the savepoint of this release anew. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("golden-feedback");
        try (BrokerProcess broker = BrokerProcess.start()) {
            String servers = broker.bootstrapServers();
            TrustJob.createTopics(servers, 1, INPUT);
            TrustJob.send(servers, INPUT, observations(0, SEEN));
            try (TrustJob job = job(servers, folder)) {
                String savepoint =
                        job.awaitForecastsAndStop(
                                job.start(
                                        // All in one file.
                                        "--flink.execution.checkpointing.data-inline-threshold=1"
                                                + " mb"),
                                observations(0, SEEN - 1).size(),
                                SavepointFormatType.CANONICAL);
                Path target = Files.createDirectories(GoldenSavepoints.path(NAME));
                Files.copy(
                        Path.of(URI.create(savepoint)).resolve("_metadata"),
                        target.resolve("_metadata"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The job that left the savepoint or, on a new broker, one to go on from it. */
    static TrustJob job(String bootstrapServers, Path folder) throws IOException {
        return new TrustJob(bootstrapServers, INPUT, "golden-feedback-job", folder);
    }

    /** The observations of some ticks, in order of time, the end not included. */
    static List<Observation> observations(int from, int to) {
        Random random = new Random(4);
        List<Observation> observations = new ArrayList<>();
        double walk = 0;
        for (int tick = 0; tick < to; tick++) {
            double wave = 4 * StrictMath.sin(2 * Math.PI * tick / SeasonalModels.SEASON);
            walk += random.nextGaussian();
            for (String name : NAMES) {
                double noise = random.nextGaussian();
                double value =
                        switch (name) {
                            case WALK -> walk;
                            case SPIKES -> 20 + wave + noise + (isSpike(tick) ? 30 : 0);
                            case LEVEL -> 20 + wave + noise + (tick < 470 ? 0 : 12);
                            default -> 20 + wave + (tick < 505 ? 1 : 3) * noise;
                        };
                boolean isMissing = name.equals(LEVEL) && tick % 37 == 5;
                if (tick >= from && !isMissing) {
                    long time = at(tick) * SeasonalModels.TICK_MILLIS + 60_000L;
                    observations.add(new Observation(name, time, value));
                }
            }
        }
        return observations;
    }

    private static boolean isSpike(int tick) {
        return tick == 300 || tick == 420 || tick == 440 || tick == 545;
    }

    /** The place of a tick in the grid. */
    static long at(int tick) {
        return FIRST + tick;
    }
}
