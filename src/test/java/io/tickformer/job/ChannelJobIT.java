package io.tickformer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.BrokerProcess;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job of a model that mixes the channels of a record, between a real broker and a mini cluster.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class ChannelJobIT {
    private static final long HOUR = 3_600_000L;
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final double GONE = Double.NaN;
    private static final ForecastSpec SPEC =
            TestModels.CHANNELS.withTickMillis(HOUR).withChannels(List.of("kw", "volt", "line.hz"));
    private static final byte[] MODEL = TestModels.transformer(SPEC, 7);

    @TempDir private static Path folder;
    private static BrokerProcess broker;
    private static Path modelFile;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SharedServers.broker();
        modelFile = Files.write(folder.resolve("meters.onnx"), MODEL);
    }

    /** Two records an hour of each meter, some of their values missing, and hours without any. */
    private static List<Tick> send(ObservationProducer producer, int meters, int hours)
            throws Exception {
        Random random = new Random(9);
        List<Tick> ticks = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            for (int meter = 0; meter < meters; meter++) {
                if (hour % 11 == 3 + meter) {
                    continue;
                }
                double kw = meter + Math.sin(hour / 3.0);
                double volt = random.nextInt(4) == 0 ? GONE : 230 + random.nextGaussian();
                double hz = meter == 1 && hour < 7 ? GONE : 50 + random.nextGaussian() / 10;
                send(producer, "m" + meter, at(hour), kw - 0.5, volt, hz);
                send(producer, "m" + meter, at(hour).plusSeconds(60), kw + 0.5, volt, GONE);
                double mean = (kw - 0.5 + kw + 0.5) / 2;
                double[] values = {mean, (volt + volt) / 2, hz};
                ticks.add(new Tick("m" + meter, START / HOUR + hour, values));
            }
        }
        producer.flush();
        return ticks;
    }

    private static Instant at(int hour) {
        return Instant.ofEpochMilli(START + hour * HOUR);
    }

    private static void send(
            ObservationProducer producer,
            String meter,
            Instant time,
            double kw,
            double volt,
            double hz)
            throws Exception {
        String json =
                "{\"meter\":\"%s\",\"at\":\"%s\",\"kw\":%s,\"volt\":%s,\"line\":{\"hz\":%s}}"
                        .formatted(meter, time, number(kw), number(volt), number(hz));
        producer.sendRaw(meter.getBytes(UTF_8), json.getBytes(UTF_8));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "null" : Double.toString(value);
    }

    @Test
    void forecastsIssuedEqualThoseComputedOffline() throws Exception {
        createTopics("all", 2);
        List<Tick> ticks;
        try (ObservationProducer producer = producer("all")) {
            ticks = send(producer, 3, 40);
        }

        ForecastJob.run(arguments("all", "--source.bounded=true", "--job.parallelism=2"));

        List<Forecast> expected = ExpectedForecasts.of(ticks, MODEL);
        assertThat(expected)
                .extracting(Forecast::series)
                .contains("m0/kw", "m1/volt", "m2/line.hz");
        try (ForecastTopicReader reader = reader("all")) {
            ExpectedForecasts.assertEqual(
                    ExpectedForecasts.await(reader, expected.size()), expected);
        }
    }

    @Test
    void aLateObservationRevisesItsChannelAndTheNextForecastsSeeIt() throws Exception {
        createTopics("late-channels", 1);
        JobClient job =
                ForecastJob.prepare(
                                JobSettings.parse(
                                        arguments(
                                                "late-channels",
                                                "--sink.delivery=at-least-once",
                                                "--source.out-of-orderness=0 s")))
                        .executeAsync();
        try (ObservationProducer producer = producer("late-channels");
                ForecastTopicReader reader = reader("late-channels")) {
            List<Tick> ticks = new ArrayList<>();
            for (int hour = 0; hour < 5; hour++) {
                send(producer, "m", at(hour), hour, hour == 2 ? GONE : 230, 50);
                ticks.add(tick(hour, hour, hour == 2 ? GONE : 230, 50));
            }
            producer.flush();
            ticks.remove(4);
            List<Forecast> issued = new ArrayList<>(ExpectedForecasts.await(reader, 12));
            // The watermark stands at four o'clock: the volts of two come late, in time to revise.
            send(producer, "m", at(2).plusSeconds(60), GONE, 999, GONE);
            send(producer, "m", at(5), 5, 231, 50);
            send(producer, "m", at(6), 6, 232, 50);
            producer.flush();
            ticks.add(tick(2, GONE, 999, GONE));
            ticks.add(tick(4, 4, 230, 50));
            ticks.add(tick(5, 5, 231, 50));
            issued.addAll(ExpectedForecasts.await(reader, 6));
            ExpectedForecasts.assertEqual(
                    ExpectedForecasts.sorted(issued), ExpectedForecasts.of(ticks, MODEL));
        } finally {
            job.cancel().get();
        }
    }

    private static Tick tick(int hour, double kw, double volt, double hz) {
        return new Tick("m", START / HOUR + hour, new double[] {kw, volt, hz});
    }

    @Test
    void otherValueFieldsThanTheChannelsAreOneClearLineBeforeTheJobStarts() {
        assertThatThrownBy(() -> ForecastJob.run(arguments("all", "--source.value-fields=kw,volt")))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "source.value-fields is kw, volt; expected kw, volt, line.hz, in any order: %s"
                                + " mixes these channels of a record",
                        modelFile);
    }

    private static void createTopics(String name, int partitions) throws Exception {
        try (TopicAdmin topics =
                new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(30))) {
            topics.create(List.of(name + "-in"), partitions, 1);
            topics.create(List.of(name + "-out", name + "-dead"), 1, 1);
        }
    }

    private static ObservationProducer producer(String name) throws Exception {
        return new ObservationProducer(
                broker.bootstrapServers(), name + "-in", OutputFormat.json());
    }

    private static ForecastTopicReader reader(String name) {
        return new ForecastTopicReader(
                broker.bootstrapServers(), name + "-out", OutputFormat.json());
    }

    private static String[] arguments(String name, String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=" + broker.bootstrapServers());
        arguments.add("--model.path=" + modelFile);
        arguments.add("--source.topics=" + name + "-in");
        arguments.addAll(ExpectedForecasts.OF_THE_MODEL_ALONE);
        arguments.add("--source.format=json");
        arguments.add("--source.key-field=meter");
        arguments.add("--source.time-field=at");
        arguments.add("--source.value-fields=line.hz,kw,volt");
        arguments.add("--sink.topic=" + name + "-out");
        arguments.add("--sink.format=json");
        arguments.add("--sink.dead-letter-topic=" + name + "-dead");
        arguments.add("--sink.transactional-id-prefix=" + name);
        // Forecasts are compared with those of the stream alone.
        arguments.add("--source.follow-clock=false");
        arguments.add("--kafka.group-id=" + name);
        arguments.add("--checkpoint.interval=1 s");
        arguments.add("--job.parallelism=1");
        arguments.add("--forecast.from=earliest");
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
