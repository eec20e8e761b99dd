package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.evaluation.Score;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {
    @Test
    void theJsonIsOneLineWithEveryFigure() throws Exception {
        DemoSummary summary =
                new DemoSummary(10, 2, 7, 1, 3, new Score(5, 0.5, 0.75), 0.6, 24, 0.79, 4, 1234.5);

        assertThat(summary.toJson()).doesNotContain("\n");
        JsonNode json = new ObjectMapper().readTree(summary.toJson());
        assertThat(json.get("events").asLong()).isEqualTo(10);
        assertThat(json.get("ticks").asLong()).isEqualTo(2);
        assertThat(json.get("forecasts").asLong()).isEqualTo(7);
        assertThat(json.get("dead_letters").asLong()).isEqualTo(1);
        assertThat(json.get("late").asLong()).isEqualTo(3);
        assertThat(json.get("mae").asDouble()).isEqualTo(0.5);
        assertThat(json.get("seasonal_naive_mae").asDouble()).isEqualTo(0.75);
        assertThat(json.get("coverage80").asDouble()).isEqualTo(0.79);
        assertThat(json.get("anomalies").asLong()).isEqualTo(4);
        assertThat(json.get("forecasts_per_second").asDouble()).isEqualTo(1234.5);
    }

    @Test
    void theTextSaysHowManyValuesFellWithinTheInterval() {
        StringWriter text = new StringWriter();
        new DemoSummary(10, 2, 7, 1, 3, new Score(5, 0.5, 0.75), 0.6, 24, 0.79, 4, 1234.5)
                .print(new PrintWriter(text));

        assertThat(text.toString())
                .containsPattern("within 80 % interval +79\\.0 %")
                .containsPattern("anomalies +4");
    }

    @Test
    void anErrorOfNothingIsNullInJsonAndLeftOutInText() throws Exception {
        DemoSummary summary =
                new DemoSummary(
                        1,
                        1,
                        0,
                        0,
                        0,
                        new Score(0, Double.NaN, Double.NaN),
                        Double.NaN,
                        24,
                        Double.NaN,
                        0,
                        Double.NaN);
        StringWriter text = new StringWriter();
        summary.print(new PrintWriter(text));

        assertThat(new ObjectMapper().readTree(summary.toJson()).get("mae").isNull()).isTrue();
        assertThat(new ObjectMapper().readTree(summary.toJson()).get("coverage80").isNull())
                .isTrue();
        assertThat(text.toString()).doesNotContain("NaN").contains("forecasts out");
    }
}
