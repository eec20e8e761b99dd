package io.tickformer.lab.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests to the REST interface of a cluster. */
final class FlinkRest {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private final JsonMapper mapper = new JsonMapper();
    private final URI overview;

    FlinkRest(int port) {
        this.overview = URI.create("http://localhost:" + port + "/overview");
    }

    /** Free slots of the cluster; 0 if nothing answers. */
    int freeSlots() {
        HttpRequest request = HttpRequest.newBuilder(overview).timeout(ANSWER).build();
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK
                    ? mapper.readTree(answer.body()).path("slots-available").asInt()
                    : 0;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while waiting for the JobManager", e);
        }
    }
}
