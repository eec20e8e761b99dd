package io.tickformer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.testing.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The statement of {@code examples/consumers/sql} on forecasts whose alerts are known. */
@Timeout(600)
final class CapacityAlertSqlTest {
    private static final double LEVEL = 0.9;
    private static final DataType ROW =
            DataTypes.ROW(
                    DataTypes.FIELD("meter", DataTypes.STRING()),
                    DataTypes.FIELD("tick_time", DataTypes.TIMESTAMP_LTZ(3)),
                    DataTypes.FIELD("forecast_time", DataTypes.TIMESTAMP_LTZ(3)),
                    DataTypes.FIELD("q90", DataTypes.DOUBLE()),
                    DataTypes.FIELD("quality", DataTypes.STRING()));

    @Test
    void theStatementWarnsOfEachForecastThatIsAboveTheCapacityWithinFourHours() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("parallelism.default", "1");
        tables.createTemporaryView("forecasts", tables.fromValues(ROW, steps()));
        String statement = Repository.read("examples/consumers/sql/capacity-alert.sql");
        List<Row> found = new ArrayList<>();
        CloseableIterator<Row> rows =
                tables.executeSql(statement.strip().replaceFirst(";$", "")).collect();
        try {
            rows.forEachRemaining(found::add);
        } finally {
            rows.close();
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected());
    }

    private static List<Row> expected() {
        Instant start = Instant.parse("2024-05-01T00:00:00Z");
        Duration hour = Duration.ofHours(1);
        return List.of(
                row("meter-1", start, start.plus(hour.multipliedBy(4))),
                row("meter-1", start.plus(hour), start.plus(hour.multipliedBy(4))),
                row("meter-1", start.plus(hour.multipliedBy(3)), start.plus(hour.multipliedBy(4))),
                row(
                        "quarters",
                        start.plus(Duration.ofMinutes(7 * 15)),
                        start.plus(Duration.ofMinutes((7 + 16) * 15))),
                row("fallback", start, start.plus(hour)));
    }

    private static Row row(String meter, Instant tickTime, Instant crossingTime) {
        return Row.ofKind(RowKind.INSERT, meter, tickTime, crossingTime);
    }

    /** A row for each step of the known forecasts that have the level. */
    private static List<Row> steps() {
        List<Row> rows = new ArrayList<>();
        for (Forecast each : KnownForecasts.all()) {
            int level = Arrays.binarySearch(each.quantileLevels(), LEVEL);
            for (int step = 0; level >= 0 && step < each.horizon(); step++) {
                rows.add(
                        Row.of(
                                each.series(),
                                Instant.ofEpochMilli(each.tickTimeMillis()),
                                Instant.ofEpochMilli(
                                        each.tickTimeMillis() + (step + 1) * each.tickMillis()),
                                each.quantile(step, level),
                                each.quality().name()));
            }
        }
        return rows;
    }
}
