package io.tickformer.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.kafka.ErrorText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the description of a Flink cluster from its REST interface. It changes nothing. */
final class FlinkRest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern HOST = Pattern.compile("@([^:/]+|\\[[^]]+])[:/]");
    private static final int OK = 200;

    private final URI address;
    private final Duration timeout;
    private final HttpClient http;

    /** Each request ends within the timeout. */
    FlinkRest(URI address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /**
     * Describes the cluster.
     *
     * @throws IOException if it does not answer, or not as Flink does
     */
    FlinkCluster describe() throws IOException {
        String version = required(get("/config"), "flink-version").asText();
        JsonNode overview = get("/overview");
        TreeSet<String> hosts = new TreeSet<>();
        JsonNode taskManagers = required(get("/taskmanagers"), "taskmanagers");
        for (JsonNode each : taskManagers) {
            Matcher host = HOST.matcher(each.path("path").asText());
            hosts.add(host.find() ? host.group(1) : each.path("id").asText());
        }
        Map<String, String> configuration = new LinkedHashMap<>();
        for (JsonNode each : get("/jobmanager/config")) {
            configuration.put(each.path("key").asText(), each.path("value").asText());
        }
        List<String> classPath = new ArrayList<>();
        get("/jobmanager/environment")
                .path("classpath")
                .forEach(one -> classPath.add(one.asText()));
        return new FlinkCluster(
                address,
                version,
                overview.path("slots-total").asInt(),
                overview.path("slots-available").asInt(),
                new ArrayList<>(hosts),
                taskManagers.size(),
                configuration,
                classPath);
    }

    private JsonNode required(JsonNode answer, String field) throws IOException {
        if (!answer.has(field)) {
            throw new IOException(
                    "%s answers, but not as Flink's REST interface does".formatted(address));
        }
        return answer.get(field);
    }

    private JsonNode get(String path) throws IOException {
        String base = address.toString().replaceAll("/+$", "");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).GET().build();
        CompletableFuture<HttpResponse<String>> sent =
                http.sendAsync(request, BodyHandlers.ofString());
        try {
            HttpResponse<String> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != OK) {
                throw new IOException(
                        "GET %s was answered with status %d: %s"
                                .formatted(
                                        request.uri(),
                                        response.statusCode(),
                                        ErrorText.shorten(response.body())));
            }
            return MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IOException("the answer to GET %s is not JSON".formatted(request.uri()), e);
        } catch (ExecutionException e) {
            throw new IOException(
                    "GET %s failed: %s".formatted(request.uri(), reason(e.getCause())), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "GET %s had no answer within %d ms"
                            .formatted(request.uri(), timeout.toMillis()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + request.uri(), e);
        } finally {
            sent.cancel(true);
        }
    }

    private static String reason(Throwable cause) {
        if (cause.getMessage() != null) {
            return cause.getMessage();
        }
        return cause instanceof ConnectException
                ? "the connection was refused, or the host is unknown"
                : cause.getClass().getSimpleName();
    }
}
