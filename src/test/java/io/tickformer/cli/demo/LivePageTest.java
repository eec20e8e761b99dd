package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
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
        state.forecast(forecast(NAMES.get(0), 10));
        state.forecast(forecast(NAMES.get(0), 11));
        String page;
        try (LiveServer server = new LiveServer("localhost", 0, state);
                WatchedProcess browser =
                        chromium(
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--virtual-time-budget=5000",
                                "--dump-dom",
                                server.url())) {
            page = browser.awaitEnd(Duration.ofMinutes(3));
        }

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

    private static Forecast forecast(String key, long tick) {
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
                ForecastQuality.OK);
    }
}
