package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import io.tickformer.spec.SeasonalNaive;
import io.tickformer.testing.WatchedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live page in a browser, with series keys that contain markup and scripts. */
@Timeout(240)
final class LivePageTest {
    private static final long TICK = 3_600_000;
    private static final Pattern ROW = Pattern.compile("<tr data-key=");

    private static final List<String> NAMES =
            List.of(
                    "<img src=x onerror=\"document.title='owned'\">",
                    "<script>document.title='owned'</script>",
                    "</td></tr></table><b id=owned>",
                    "'\"`${document.title='owned'}`",
                    "javascript:document.title='owned'",
                    "\u202Enwod edispu",
                    "\u0000\u001b[31m\u2028",
                    "&lt;b&gt; &amp; &#x3c;",
                    "long ".repeat(1_000) + "l".repeat(5_000));

    @TempDir private Path folder;

    @Test
    void everyNameIsTextAndNothingElse() throws Exception {
        assumeTrue(isPresent(), "Chromium is on this machine");
        LiveState state =
                new LiveState(NAMES, TICK, 2, new SeasonalNaive(2), new AtomicLong()::get);
        state.forecast(forecast(NAMES.get(0), 10, ForecastQuality.OK));
        state.forecast(forecast(NAMES.get(0), 11, ForecastQuality.OK));
        state.event(
                ForecastEvent.of(
                        NAMES.get(1),
                        11,
                        TICK,
                        ForecastEventKind.FALLBACK_BEGAN,
                        NAMES.get(2),
                        Map.of()));
        String page = page(state);

        assertThat(page)
                .contains("<title>Tickformer</title>")
                .doesNotContain("<img")
                .doesNotContain("<b id=\"owned\"")
                .contains(
                        "<td class=\"\">&lt;img src=x onerror=\"document.title='owned'\"&gt;</td>")
                .contains("<h2 id=\"title\">&lt;img src=x")
                .contains("<td class=\"\">&lt;script&gt;document.title='owned'&lt;/script&gt;</td>")
                .contains(
                        "<td class=\"\">&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;&lt;b id=owned&gt;</td>")
                .contains("<td class=\"\">'\"`${document.title='owned'}`</td>")
                .contains("<td class=\"\">\u202Enwod edispu</td>")
                .contains("<td class=\"\">&amp;lt;b&amp;gt; &amp;amp; &amp;#x3c;</td>");
        assertThat(ROW.matcher(page).results()).hasSize(NAMES.size());
        assertThat(page)
                .contains("&lt;script&gt;document.title='owned'&lt;/script&gt;: &lt;/td&gt;");
    }

    @Test
    void aReaderSeesWhatTheForecastsAreWorth() throws Exception {
        assumeTrue(isPresent(), "Chromium is on this machine");
        LiveState state =
                new LiveState(
                        List.of("a", "b", "c"),
                        TICK,
                        2,
                        new SeasonalNaive(2),
                        new AtomicLong()::get);
        state.forecast(forecast("a", 10, ForecastQuality.FALLBACK));
        state.forecast(forecast("b", 10, ForecastQuality.WARMING_UP));
        state.score(score("a"));
        state.score(score("b"));
        state.forecast(forecast("c", 10, ForecastQuality.OK));
        state.score(score(""));
        state.anomaly(new Anomaly("a", 10, 10 * TICK, TICK, 5, 2, 4, true));

        String page = page(state);

        assertThat(page)
                .contains("fallback: simple forecasts in place of the model</span>")
                .contains("intervals not calibrated yet</span>")
                .contains("<b id=\"coverage\">77.5 %</b>")
                .contains("<b id=\"anomalies\">1</b>")
                .contains("<td class=\"quiet\">warming up</td>")
                .contains("<td class=\"good\">0.50</td>");
    }

    private String page(LiveState state) throws Exception {
        try (LiveServer server = new LiveServer("localhost", 0, state);
                WatchedProcess browser =
                        chromium(
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--virtual-time-budget=5000",
                                "--dump-dom",
                                server.url())) {
            return browser.awaitEnd(Duration.ofMinutes(3));
        }
    }

    private static ForecastScore score(String key) {
        return new ForecastScore(
                key,
                20,
                20 * TICK,
                TICK,
                1,
                0,
                0,
                new double[] {0.8},
                List.of(new StepScore(1, 40, 2, 1, 3, 4, new double[] {0.775})));
    }

    private static boolean isPresent() throws InterruptedException {
        try (WatchedProcess process = chromium("--version")) {
            process.awaitEnd(Duration.ofMinutes(1));
            return true;
        } catch (IOException | IllegalStateException absent) {
            return false;
        }
    }

    private static WatchedProcess chromium(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox", "--disable-gpu"));
        command.addAll(List.of(arguments));
        return WatchedProcess.start("chromium", command, Map.of());
    }

    private static Forecast forecast(String key, long tick, ForecastQuality quality) {
        return new Forecast(
                key,
                tick,
                tick * TICK,
                TICK,
                new double[] {0.1, 0.5, 0.9},
                new double[] {1, 2, 3, 4, 5, 6},
                new double[2],
                "model",
                "1",
                1,
                quality);
    }
}
