package io.tickformer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.BrokerProcess;
import io.tickformer.testing.Repository;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.WatchedProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new user's topic: meters that send one reading an hour into one partition, their hours two
 * seconds long. One is ahead of its time, one sends an absurd value. The job is killed twice, and
 * started again as it was, without a savepoint.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class HourlyMetersIT {
    private static final long TICK = 2_000;
    private static final int PAST = 950;
    private static final int METERS = 4;

    /** Its clock is three ticks ahead. */
    private static final int AHEAD = 2;

    /** It sends one reading that is absurd. */
    private static final int SPIKY = 3;

    private static final int MORE = 4;

    @TempDir private Path folder;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong sentUpTo = new AtomicLong();
    private ScheduledFuture<?> sending;
    private final Map<String, TreeMap<Long, List<Forecast>>> forecasts = new TreeMap<>();
    private BrokerProcess broker;
    private KafkaProducer<byte[], byte[]> producer;
    private long firstLive;

    @BeforeEach
    void startMeters() throws Exception {
        broker = SharedServers.broker();
        try (TopicAdmin topics =
                new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(30))) {
            topics.create(List.of("hourly-meters"), 1, 1);
        }
        producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        firstLive = System.currentTimeMillis() / TICK + 1;
        for (long tick = firstLive - PAST; tick < firstLive; tick++) {
            send(tick);
        }
        long untilNext = firstLive * TICK - System.currentTimeMillis();
        sending =
                clock.scheduleAtFixedRate(
                        () -> send(sentUpTo.get() + 1),
                        Math.max(0, untilNext),
                        TICK,
                        TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stopMeters() {
        sending.cancel(true);
        clock.shutdownNow();
        producer.close();
    }

    /** The readings of a tick, as it begins. */
    private void send(long tick) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int meter = 0; meter < METERS; meter++) {
            long stamped = meter == AHEAD && tick >= firstLive ? tick + 3 : tick;
            double value = 20 + meter + 5 * Math.sin(2 * Math.PI * tick / 24);
            if (meter == SPIKY && tick == firstLive + 2) {
                value = 65_535;
            }
            String json =
                    "{\"meter\":{\"id\":\"meter-%d\"},\"measured_at\":%d,\"power\":%s}"
                            .formatted(meter, stamped * TICK, value);
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    "hourly-meters", json.getBytes(StandardCharsets.UTF_8))));
        }
        producer.flush();
        assertThat(sent).allMatch(Future::isDone);
        sentUpTo.set(tick);
    }

    @Test
    void everyTickIsForecastOnceWhateverTheMetersDoAndHoweverOftenTheJobIsStarted()
            throws Exception {
        try (ForecastTopicReader reader =
                new ForecastTopicReader(
                        broker.bootstrapServers(), "hourly-meters-forecast", OutputFormat.json())) {
            runUntilForecast(reader);
            runUntilForecast(reader);
            runUntilForecast(reader);
        }

        assertThat(forecasts).hasSize(METERS);
        forecasts.forEach(
                (meter, byTick) -> {
                    List<Long> every = new ArrayList<>();
                    for (long tick = byTick.firstKey(); tick <= byTick.lastKey(); tick++) {
                        // The clock that jumped left a hole of three ticks.
                        if (!meter.equals("meter-" + AHEAD)
                                || tick < firstLive
                                || tick >= firstLive + 3) {
                            every.add(tick);
                        }
                    }
                    assertThat(new ArrayList<>(byTick.keySet())).as(meter).isEqualTo(every);
                    byTick.forEach(
                            (tick, ofTick) -> {
                                assertThat(ofTick).as("%s at %d", meter, tick).hasSize(1);
                                // Three of them are missing from a clock that jumped.
                                assertThat(ofTick.get(0).observedTicks())
                                        .as("%s at %d", meter, tick)
                                        .isGreaterThanOrEqualTo(888 - 3);
                            });
                    double last = byTick.lastEntry().getValue().get(0).quantile(0, 3);
                    assertThat(last).as(meter).isBetween(0.0, 50.0);
                });
    }

    /** Runs the job until every meter has some more forecasts, then kills it. */
    private void runUntilForecast(ForecastTopicReader reader) throws Exception {
        long from = sentUpTo.get();
        try (WatchedProcess job = start()) {
            job.awaitLine(Pattern.compile("running the job"), Duration.ofMinutes(1));
            while (!isForecastUpTo(from + MORE)) {
                for (ForecastTopicReader.Issued each : reader.poll(Duration.ofMillis(200))) {
                    Forecast forecast = each.forecast();
                    forecasts
                            .computeIfAbsent(forecast.series(), any -> new TreeMap<>())
                            .computeIfAbsent(forecast.tickIndex(), any -> new ArrayList<>())
                            .add(forecast);
                }
                assertThat(job.isAlive()).isTrue();
            }
            job.kill();
        }
    }

    private boolean isForecastUpTo(long tick) {
        return forecasts.size() == METERS
                && forecasts.values().stream().allMatch(byTick -> byTick.lastKey() >= tick);
    }

    private WatchedProcess start() throws Exception {
        Path config =
                Files.writeString(
                        folder.resolve("job.yaml"),
                        """
                        kafka:
                          bootstrap-servers: %s
                          group-id: hourly-meters
                        source:
                          topics: hourly-meters
                          format: json
                          key-field: meter.id
                          time-field: measured_at
                          value-fields: [power]
                        checkpoint:
                          interval: 1 s
                        model:
                          path: %s
                          tick: 2 s
                        sink:
                          topic: hourly-meters-forecast
                          format: json
                        """
                                .formatted(
                                        broker.bootstrapServers(),
                                        Repository.root().resolve("models/universal.onnx")));
        return WatchedProcess.startJava(
                "job",
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + folder,
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED"),
                Map.of(
                        "CLASSPATH",
                        System.getProperty("java.class.path"),
                        "XDG_STATE_HOME",
                        folder.toString()),
                List.of(TickformerCommand.class.getName(), "run", "--config", config.toString()));
    }
}
