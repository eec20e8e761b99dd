package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.console.UserError;
import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import io.tickformer.event.Tick;
import io.tickformer.spec.SeasonalNaive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveServerTest {
    private static final long TICK = 3_600_000;
    private static final String NASTY = "<script>alert('&')</script> ü";

    private final AtomicLong nanos = new AtomicLong();
    private final HttpClient client = HttpClient.newHttpClient();
    private LiveState state;
    private LiveServer server;

    @BeforeEach
    void start() throws IOException {
        state = new LiveState(List.of("a", NASTY), TICK, 2, new SeasonalNaive(2), nanos::get);
        server = new LiveServer("localhost", 0, state);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thePageAndAllItNeedsComeFromHere() throws Exception {
        HttpResponse<String> page = get("");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        // Whatever the page loads is on this server.
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        for (String asset : List.of("live.js", "live.css", "uplot.js", "uplot.css")) {
            assertThat(page.body()).contains("\"/" + asset + "\"");
            assertThat(get(asset).statusCode()).as(asset).isEqualTo(200);
        }
        assertThat(get("uplot.js").body()).contains("uPlot");
    }

    @Test
    void actualsAndTheNewestFanAreColumnsOfOneTable() throws Exception {
        state.sent(new Tick("a", 10, 5));
        state.sent(new Tick("a", 11, 6));
        state.forecast(forecast("a", 10, 1, 2, 3, 4, 5, 6));
        state.forecast(forecast("a", 11, 7, 8, 9, 10, 11, 12));

        JsonNode plot = json("api/plot?series=a&lead=0");

        assertThat(plot.get("time").toString()).isEqualTo("[36000.0,39600.0,43200.0,46800.0]");
        assertThat(plot.get("actual").toString()).isEqualTo("[5.0,6.0,null,null]");
        // The fan begins at the tick it was issued at, in what came there.
        assertThat(plot.get("fan").get("median").toString()).isEqualTo("[null,6.0,8.0,11.0]");
        assertThat(plot.get("fan").get("low").get(1).toString()).isEqualTo("[null,6.0,7.0,10.0]");
        assertThat(plot.get("fan").get("high").get(1).toString()).isEqualTo("[null,6.0,9.0,12.0]");
        // Levels that the model does not have stay empty.
        assertThat(plot.get("fan").get("low").get(2).toString()).isEqualTo("[null,6.0,null,null]");
        // Tick 11 had been forecast at tick 10, one step ahead.
        assertThat(plot.get("past").get("median").toString()).isEqualTo("[null,2.0,null,null]");
        assertThat(plot.get("quality").asText()).isEqualTo("OK");
    }

    @Test
    void theOverviewCounts() throws Exception {
        state.sent(new Tick("a", 1, 5));
        state.sent(null);
        state.tickSent(List.of(new Tick("a", 1, 5), new Tick("a", 2, 6), new Tick("a", 3, 8)));
        state.counts(3, 4);
        nanos.set(1_000_000_000);
        json("api/overview");
        state.forecast(forecast("a", 2, 6, 7, 8, 6, 7, 8));
        nanos.set(3_000_000_000L);

        JsonNode overview = json("api/overview");

        assertThat(overview.get("events").asLong()).isEqualTo(2);
        assertThat(overview.get("ticks").asLong()).isEqualTo(1);
        assertThat(overview.get("forecasts").asLong()).isEqualTo(1);
        assertThat(overview.get("deadLetters").asLong()).isEqualTo(3);
        assertThat(overview.get("late").asLong()).isEqualTo(4);
        assertThat(overview.get("forecastsPerSecond").asInt()).isEqualTo(1);
    }

    @Test
    void theScoresOfTheJobAreShown() throws Exception {
        state.forecast(forecast("a", 2, 6, 7, 8, 6, 7, 8));
        state.score(score("a", 9, 1, 4, 0.75));
        state.score(score("", 9, 0.5, 1, 0.8));

        JsonNode overview = json("api/overview");

        assertThat(overview.get("ratio").asDouble()).isEqualTo(0.5);
        assertThat(overview.get("coverage80").asDouble()).isEqualTo(0.8);
        assertThat(overview.get("error").get("model").toString()).isEqualTo("[0.5]");
        assertThat(overview.get("error").get("naive").toString()).isEqualTo("[1.0]");
        JsonNode series = overview.get("series").get(0);
        assertThat(series.get("warmingUp").asBoolean()).isFalse();
        assertThat(series.get("mae").asDouble()).isEqualTo(1);
        assertThat(series.get("ratio").asDouble()).isEqualTo(0.25);
        assertThat(series.get("coverage80").asDouble()).isEqualTo(0.75);
        // The other series has no score yet.
        assertThat(overview.get("series").get(1).get("warmingUp").asBoolean()).isTrue();
        assertThat(overview.get("series").get(1).has("ratio")).isFalse();
    }

    @Test
    void noErrorIsShownBeforeForecastsOfFullContextsHaveComeDue() throws Exception {
        state.forecast(withQuality(forecast("a", 2, 6, 7, 8, 6, 7, 8), ForecastQuality.WARMING_UP));
        state.score(score("a", 9, 5, 4, 0.1));
        state.score(score("", 9, 1.25, 1, 0.1));

        JsonNode young = json("api/overview");
        assertThat(young.get("warmingUp").asBoolean()).isTrue();
        assertThat(young.has("ratio")).isFalse();
        assertThat(young.get("error").get("model")).isEmpty();
        assertThat(young.get("series").get(0).get("warmingUp").asBoolean()).isTrue();
        assertThat(young.get("series").get(0).has("ratio")).isFalse();

        // From tick 10 on the context is full. The longest scored step is 2.
        state.forecast(forecast("a", 10, 6, 7, 8, 6, 7, 8));
        state.score(score("a", 11, 3, 4, 0.7));
        assertThat(json("api/overview").get("series").get(0).has("ratio")).isFalse();
        state.score(score("a", 12, 3, 4, 0.7));
        state.score(score("", 12, 0.75, 1, 0.7));

        JsonNode warm = json("api/overview");
        assertThat(warm.get("ratio").asDouble()).isEqualTo(0.75);
        assertThat(warm.get("series").get(0).get("ratio").asDouble()).isEqualTo(0.75);
    }

    @Test
    void anErrorWithoutABaselineIsNoRatio() throws Exception {
        state.forecast(forecast("a", 2, 6, 7, 8, 6, 7, 8));
        state.score(score("a", 9, 1, Double.NaN, 0.75));
        state.score(score("", 9, 1, 0, Double.NaN));

        JsonNode overview = json("api/overview");

        assertThat(overview.has("ratio")).isFalse();
        assertThat(overview.has("coverage80")).isFalse();
        assertThat(overview.get("series").get(0).has("ratio")).isFalse();
        assertThat(overview.get("series").get(0).get("coverage80").asDouble()).isEqualTo(0.75);
    }

    @Test
    void anomaliesAreMarkedAtTheirTicksAndCounted() throws Exception {
        state.sent(new Tick("a", 10, 5));
        state.sent(new Tick("a", 11, 60));
        state.forecast(forecast("a", 11, 7, 8, 9, 10, 11, 12));
        state.anomaly(new Anomaly("a", 11, 11 * TICK, TICK, 60, 6, 4.5, true));

        JsonNode plot = json("api/plot?series=a");
        JsonNode overview = json("api/overview");

        assertThat(plot.get("anomaly").toString()).isEqualTo("[null,60.0,null,null]");
        assertThat(overview.get("anomalies").asLong()).isEqualTo(1);
        assertThat(overview.get("series").get(0).get("anomalies").asLong()).isEqualTo(1);
        assertThat(overview.get("series").get(1).get("anomalies").asLong()).isZero();

        state.anomaly(new Anomaly("a", 11, 11 * TICK, TICK, 61, 6, 4.5, true));
        assertThat(json("api/plot?series=a").get("anomaly").toString())
                .isEqualTo("[null,61.0,null,null]");
        assertThat(json("api/overview").get("anomalies").asLong()).isEqualTo(1);
        state.anomaly(new Anomaly("a", 11, 11 * TICK, TICK, 7, 6, 0.5, true, true));
        assertThat(json("api/plot?series=a").get("anomaly").toString())
                .isEqualTo("[null,null,null,null]");
        assertThat(json("api/overview").get("anomalies").asLong()).isZero();
        assertThat(json("api/overview").get("series").get(0).get("anomalies").asLong()).isZero();
    }

    @Test
    void theNewestEventIsSaid() throws Exception {
        assertThat(json("api/overview").has("event")).isFalse();
        state.event(
                ForecastEvent.of(
                        "", 11, TICK, ForecastEventKind.DRIFT_BEGAN, "A drift begins.", Map.of()));

        JsonNode event = json("api/overview").get("event");

        assertThat(event.get("text").asText()).isEqualTo("A drift begins.");
        assertThat(event.get("time").asLong()).isEqualTo(11 * TICK / 1000);
        assertThat(event.get("isBad").asBoolean()).isTrue();
    }

    @Test
    void aNameOfASeriesIsDataAndNothingElse() throws Exception {
        JsonNode plot =
                json("api/plot?lead=0&series=" + URLEncoder.encode(NASTY, StandardCharsets.UTF_8));

        assertThat(plot.get("key").asText()).isEqualTo(NASTY);
        // The script of the page puts names into text nodes only.
        assertThat(get("live.js").body()).doesNotContain("innerHTML").doesNotContain("outerHTML");
    }

    @Test
    void whatIsNotThereIsSaidSo() throws Exception {
        assertThat(get("api/plot?series=nobody").statusCode()).isEqualTo(404);
        assertThat(get("api/plot").statusCode()).isEqualTo(404);
        assertThat(get("../pom.xml").statusCode()).isEqualTo(404);
        assertThat(get("api/plot?series=a&lead=99999").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyReadingIsAnswered() throws Exception {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create(server.url()))
                                .POST(HttpRequest.BodyPublishers.ofString("x"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void whatIsSentIsTakenForNothingElseAndByNoOtherPage() throws Exception {
        for (String path : List.of("", "live.js", "api/overview", "api/plot?series=a", "nothing")) {
            HttpHeaders headers = get(path).headers();
            assertThat(headers.firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
            assertThat(headers.firstValue("Cross-Origin-Resource-Policy"))
                    .as(path)
                    .hasValue("same-origin");
            assertThat(headers.map()).as(path).doesNotContainKey("access-control-allow-origin");
        }
        assertThat(get("api/overview").headers().firstValue("Content-Type"))
                .hasValue("application/json");
    }

    @Test
    void aForeignNameForThisMachineIsTurnedAway() throws Exception {
        int port = URI.create(server.url()).getPort();
        assertThat(statusFor(server, "evil.example")).isEqualTo(403);
        assertThat(statusFor(server, "evil.example:" + port)).isEqualTo(403);
        assertThat(statusFor(server, "127.0.0.1.evil.example:" + port)).isEqualTo(403);
        assertThat(statusFor(server, "10.0.0.7:" + port)).isEqualTo(403);
        assertThat(statusFor(server, "localhost:" + port)).isEqualTo(200);
    }

    @Test
    void thePageIsOnTheLoopbackInterfaceUnlessToldOtherwise() throws Exception {
        int port = URI.create(server.url()).getPort();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port).close())
                            .as(address.toString())
                            .isInstanceOf(IOException.class);
                }
            }
        }
        try (LiveServer everywhere = new LiveServer("0.0.0.0", 0, state)) {
            int open = URI.create(everywhere.url()).getPort();
            // By an address or the name given, which nobody else can give a meaning of their own.
            assertThat(statusFor(everywhere, "10.0.0.7:" + open)).isEqualTo(200);
            assertThat(statusFor(everywhere, "[fe80::1]:" + open)).isEqualTo(200);
            assertThat(statusFor(everywhere, "evil.example:" + open)).isEqualTo(403);
        }
        assertThatThrownBy(() -> new LiveServer("no such host", 0, state))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--host is no such host");
    }

    private static int statusFor(LiveServer asked, String host) throws IOException {
        URI url = URI.create(asked.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET /api/overview HTTP/1.0\r\nHost: %s\r\n\r\n"
                                    .formatted(host)
                                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            return Integer.parseInt(reader.readLine().split(" ", -1)[1]);
        }
    }

    @Test
    void aPortInUseIsNamedInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new LiveServer("localhost", taken.getLocalPort(), state))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(
                            "port " + taken.getLocalPort() + " for the live page is in use")
                    .hasMessageContaining("--port");
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static ForecastScore score(
            String key, long tick, double error, double seasonalNaiveError, double coverage) {
        List<StepScore> steps =
                List.of(
                        step(1, error, seasonalNaiveError, coverage),
                        step(2, error, seasonalNaiveError, coverage));
        return new ForecastScore(key, tick, tick * TICK, TICK, 1, 1, 0, new double[] {0.8}, steps);
    }

    private static StepScore step(
            int step, double error, double seasonalNaiveError, double coverage) {
        return new StepScore(
                step, 10, error, error / 2, 1, seasonalNaiveError, new double[] {coverage});
    }

    private static Forecast withQuality(Forecast forecast, ForecastQuality quality) {
        return new Forecast(
                forecast.series(),
                forecast.tickIndex(),
                forecast.tickTimeMillis(),
                forecast.tickMillis(),
                forecast.quantileLevels(),
                forecast.quantiles(),
                forecast.mean(),
                forecast.modelName(),
                forecast.modelVersion(),
                forecast.observedTicks(),
                quality);
    }

    private static Forecast forecast(String key, long tick, double... quantiles) {
        return new Forecast(
                key,
                tick,
                tick * TICK,
                TICK,
                new double[] {0.1, 0.5, 0.9},
                quantiles,
                new double[2],
                "model",
                "1",
                1,
                ForecastQuality.OK);
    }
}
