package io.tickformer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickformer.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A Prometheus server of this machine, with the settings and rules of the containers. */
public final class PrometheusServer implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Server is ready to receive web requests");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String SECOND = "1s";

    private final HttpClient http = HttpClient.newHttpClient();
    private final WatchedProcess process;
    private final String address;

    private PrometheusServer(WatchedProcess process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Whether the server and its tool answer. */
    public static boolean isPresent() {
        return answers("prometheus") && answers("promtool");
    }

    private static boolean answers(String program) {
        try {
            run(program, "--version");
            return true;
        } catch (IOException | IllegalStateException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Runs the tool that checks files of Prometheus.
     *
     * @throws IllegalStateException with its output if it finds a fault
     */
    public static void promtool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "promtool";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        run(command);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        try (WatchedProcess process =
                WatchedProcess.start(command[0], List.of(command), Map.of())) {
            process.awaitEnd(PATIENCE);
        }
    }

    /**
     * Starts a server that scrapes one process, each second.
     *
     * @param folder for its data
     * @param target port on this machine, in place of the processes of the containers
     */
    public static PrometheusServer start(Path folder, int target)
            throws IOException, InterruptedException {
        JsonNode settings = Observability.yaml("prometheus.yml");
        ObjectNode global = (ObjectNode) settings.get("global");
        global.put("scrape_interval", SECOND).put("evaluation_interval", SECOND);
        ((ArrayNode) settings.get("rule_files"))
                .removeAll()
                .add(Observability.folder().resolve("rules.yml").toString());
        assertThat(settings.get("scrape_configs")).hasSize(1);
        ObjectNode flink = (ObjectNode) settings.get("scrape_configs").get(0);
        flink.remove("dns_sd_configs");
        flink.putArray("static_configs").addObject().putArray("targets").add("127.0.0.1:" + target);
        Path file = folder.resolve("prometheus.yml");
        new YAMLMapper().writeValue(file.toFile(), settings);
        String listen = "127.0.0.1:" + Ports.free();
        WatchedProcess process =
                WatchedProcess.start(
                        "prometheus",
                        List.of(
                                "prometheus",
                                "--config.file=" + file,
                                "--storage.tsdb.path="
                                        + Files.createDirectory(folder.resolve("tsdb")),
                                "--web.listen-address=" + listen),
                        Map.of());
        process.awaitLine(READY, PATIENCE);
        return new PrometheusServer(process, "http://" + listen + "/api/v1/");
    }

    /**
     * The values that an expression has now, one for each set of labels.
     *
     * @throws IllegalStateException if Prometheus cannot evaluate it
     */
    public double[] query(String expression) throws IOException, InterruptedException {
        JsonNode result =
                get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                        .get("result");
        double[] values = new double[result.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.parseDouble(result.get(i).get("value").get(1).asText());
        }
        return values;
    }

    /** Waits until the only value of an expression is as wanted. */
    public void await(String expression, Predicate<Double> isWanted)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        double[] values = query(expression);
        while (values.length != 1 || !isWanted.test(values[0])) {
            assertThat(System.nanoTime()).as("%s: %s", expression, values).isLessThan(deadline);
            assertThat(process.endsWithin(PAUSE)).as("Prometheus ended").isFalse();
            values = query(expression);
        }
    }

    /** The rules as Prometheus sees them. */
    public JsonNode rules() throws IOException, InterruptedException {
        return get("rules").get("groups").get(0).get("rules");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(URI.create(address + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + response.body());
        }
        return new JsonMapper().readTree(response.body()).get("data");
    }

    @Override
    public void close() {
        process.close();
    }
}
