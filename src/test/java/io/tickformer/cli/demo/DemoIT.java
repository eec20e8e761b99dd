package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.Installation;
import io.tickformer.process.JavaProcess;
import io.tickformer.process.RegistryProcess;
import io.tickformer.testing.Children;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole demo: broker and registry as processes, the job in a mini cluster. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class DemoIT {
    private static final Pattern PAGE = Pattern.compile("live page  (http://\\S+/)");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir Path folder;
    private Path model;

    @BeforeEach
    void writeTheModel() throws IOException {
        model = Files.write(folder.resolve("test.onnx"), TestModels.streaming());
    }

    @Test
    void everyCellOfAFileIsAnEventAndGetsAForecast() throws Exception {
        int rows = 60;
        Path csv = writeCsv(rows);
        Children children = new Children();

        JsonNode summary =
                headless("--csv", csv.toString(), "--train-rows", "10", "--parallelism", "2");

        assertThat(summary.get("ticks").asInt()).isEqualTo(rows - 10);
        assertThat(summary.get("events").asInt()).isEqualTo(2 * (rows - 10));
        assertThat(summary.get("forecasts").asInt()).isEqualTo(2 * (rows - 10));
        assertThat(summary.get("dead_letters").asInt()).isZero();
        assertThat(summary.get("late").asInt()).isZero();
        // A cycle of a day repeats exactly: seasonal naive makes no error on it.
        assertThat(summary.get("seasonal_naive_mae").asDouble()).isZero();
        assertThat(summary.get("mae").asDouble()).isPositive();
        // Of 50 ticks, those from the 25th on have a season behind them; four steps lead to each,
        // and none is issued a horizon before the first tick.
        assertThat(summary.get("scored_steps").asInt()).isEqualTo(2 * 4 * (rows - 10 - 24));
        assertThat(children.servers()).isEmpty();
    }

    @Test
    void onAnExistingBrokerTheFleetsFaultyRecordsAreDeadLetters() throws Exception {
        int ticks = 120;
        MeterFleet fleet = new MeterFleet(FleetSettings.of(20, 3));
        int events = 0;
        int faulty = 0;
        for (int tick = 0; tick < ticks; tick++) {
            for (SimulatedRecord delivery : fleet.next()) {
                events++;
                faulty += delivery.fault() == SimulatedRecord.Fault.NONE ? 0 : 1;
            }
        }

        Set<String> topics;
        JsonNode summary;
        Children children = new Children();
        try (BrokerProcess broker = BrokerProcess.start();
                RegistryProcess registry = RegistryProcess.start();
                TopicAdmin existing =
                        new TopicAdmin(broker.bootstrapServers(), Duration.ofMinutes(1))) {
            summary =
                    headless(
                            "--meters",
                            "20",
                            "--seed",
                            "3",
                            "--ticks",
                            String.valueOf(ticks),
                            "--bootstrap-servers",
                            broker.bootstrapServers(),
                            "--registry-url",
                            registry.url());
            topics = existing.names();
            // Nothing else was started, and what was there runs on.
            assertThat(children.servers()).hasSize(2);
        }

        assertThat(faulty).isPositive();
        assertThat(summary.get("events").asInt()).isEqualTo(events);
        assertThat(summary.get("ticks").asInt()).isEqualTo(ticks);
        assertThat(summary.get("dead_letters").asInt()).isEqualTo(faulty);
        assertThat(summary.get("forecasts").asInt())
                .isBetween(20 * ticks * 9 / 10, 20 * ticks + 100);
        assertThat(summary.get("forecasts_per_second").asDouble()).isPositive();
        assertThat(topics).filteredOn(topic -> topic.startsWith("tickformer-demo-")).hasSize(7);
    }

    @Test
    void ctrlCEndsEveryProcessOfTheLiveDemo() throws Exception {
        Path log = folder.resolve("demo.log");
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        JavaProcess demo =
                JavaProcess.start(
                        "demo",
                        List.of(
                                "-Xmx1g",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-D"
                                        + Installation.HOME_PROPERTY
                                        + "="
                                        + Installation.current().home(),
                                "-Djava.io.tmpdir=" + temporary,
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TickformerCommand.class.getName(),
                                "demo",
                                "--port",
                                "0",
                                "--meters",
                                "3",
                                "--model",
                                model.toString()),
                        log);
        HttpClient client = HttpClient.newHttpClient();
        demo.awaitReady(() -> pageShowsForecasts(client, log), Duration.ofMinutes(4));
        ProcessHandle handle = ProcessHandle.of(demo.pid()).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(Children.serversOf(handle));
        assertThat(all).hasSize(2);
        all.add(handle);

        String signal = "-" + Children.interruptSignal();
        Process interrupt = new ProcessBuilder("kill", signal, String.valueOf(demo.pid())).start();
        assertThat(interrupt.waitFor()).isZero();

        for (ProcessHandle one : all) {
            one.onExit().get(5, TimeUnit.MINUTES);
        }
        assertThat(all).noneMatch(ProcessHandle::isAlive);
        assertThat(temporary.toFile().list())
                .noneMatch(name -> name.startsWith("tickformer-") || name.startsWith("flink-rpc"));
        demo.close();
    }

    private static boolean pageShowsForecasts(HttpClient client, Path log) {
        try {
            Matcher page = PAGE.matcher(Files.readString(log, StandardCharsets.UTF_8));
            if (!page.find()) {
                return false;
            }
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(page.group(1) + "api/overview"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return MAPPER.readTree(answer.body()).get("forecasts").asLong() > 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private JsonNode headless(String... arguments) throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of("demo", "--headless", "--json", "--model", model.toString()));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        assertThat(command.execute(all.toArray(String[]::new)))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        List<String> lines = out.toString().lines().toList();
        return MAPPER.readTree(lines.get(lines.size() - 1));
    }

    private Path writeCsv(int rows) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("date,sine,saw");
        LocalDateTime time = LocalDateTime.of(2020, 1, 1, 0, 0);
        for (int row = 0; row < rows; row++) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%s,%.4f,%d",
                            time.plusHours(row),
                            10 * Math.sin(2 * Math.PI * (row % 24) / 24),
                            row % 24));
        }
        return Files.write(folder.resolve("cycle.csv"), lines);
    }
}
