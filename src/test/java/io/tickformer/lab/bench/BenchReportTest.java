package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.of("variant", "variant"),
                    Column.of("series", "series"),
                    new Column("latencyMillis", "latency, ms", 2));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aTableAlignsItsColumnsAndStandsBelowTheMachine() {
        try (BenchReport report = report(false)) {
            report.machine();
            report.progress("engine: draining");
            report.add("engine", 1200, 3.14159);
            report.add("pass-through", 7L, null);
        }
        assertThat(out.toString().lines().skip(1).toList())
                .containsExactly(
                        "",
                        "variant       series  latency, ms",
                        "engine         1,200         3.14",
                        "pass-through       7            –");
        assertThat(out.toString().lines().findFirst().orElseThrow())
                .startsWith("Tickformer ")
                .contains("ONNX Runtime ")
                .endsWith(" cores");
        assertThat(err.toString().strip()).isEqualTo("engine: draining");
    }

    @Test
    void jsonLinesAreAllThatStandsOnStandardOutput() {
        try (BenchReport report = report(true)) {
            report.machine();
            report.add("engine", 1200, 3.14159);
            assertThat(out.toString()).as("written at once").isNotEmpty();
            report.add("pass-through", 7L, Double.NaN);
        }
        assertThat(out.toString().lines().toList())
                .containsExactly(
                        "{\"variant\":\"engine\",\"series\":1200,\"latencyMillis\":3.14159}",
                        "{\"variant\":\"pass-through\",\"series\":7}");
        assertThat(err.toString()).startsWith("Tickformer ");
    }

    @Test
    void aTableWithoutACaseIsNotWritten() {
        try (BenchReport report = report(false)) {
            report.progress("failed before the first case");
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aCaseHasAValueForEveryColumn() {
        try (BenchReport report = report(false)) {
            assertThatThrownBy(() -> report.add("engine"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("1 values; expected one for each of 3 columns");
        }
    }

    private BenchReport report(boolean json) {
        return new BenchReport(COLUMNS, json, new PrintWriter(out), new PrintWriter(err));
    }
}
