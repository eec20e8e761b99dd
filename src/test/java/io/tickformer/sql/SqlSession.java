package io.tickformer.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A table environment with the functions, and tables of readings. */
final class SqlSession {
    private final StreamExecutionEnvironment flink;
    private final StreamTableEnvironment tables;

    SqlSession(int parallelism) {
        this.flink = StreamExecutionEnvironment.getExecutionEnvironment();
        flink.setParallelism(parallelism);
        this.tables = StreamTableEnvironment.create(flink);
        tables.createTemporarySystemFunction("TICKFORMER_FORECAST", TickformerForecast.class);
        tables.createTemporarySystemFunction("TICKFORMER_DETECT", TickformerDetect.class);
    }

    StreamExecutionEnvironment flink() {
        return flink;
    }

    StreamTableEnvironment tables() {
        return tables;
    }

    /**
     * Makes a view of readings: {@code id}, {@code ts} and {@code kw}, with a watermark five
     * seconds behind the newest reading.
     */
    SqlSession view(String name, List<Observation> readings) {
        List<Row> rows = new ArrayList<>();
        for (Observation each : readings) {
            rows.add(
                    Row.of(
                            each.series(),
                            Instant.ofEpochMilli(each.eventTimeMillis()),
                            Double.isNaN(each.value()) ? null : each.value()));
        }
        DataStream<Row> stream =
                flink.fromData(
                        rows,
                        Types.ROW_NAMED(
                                new String[] {"id", "ts", "kw"},
                                Types.STRING,
                                Types.INSTANT,
                                Types.DOUBLE));
        tables.createTemporaryView(
                name,
                stream,
                Schema.newBuilder()
                        .column("id", DataTypes.STRING())
                        .column("ts", DataTypes.TIMESTAMP_LTZ(3))
                        .column("kw", DataTypes.DOUBLE())
                        .watermark("ts", "ts - INTERVAL '5' SECOND")
                        .build());
        return this;
    }

    /** The rows that a query gives, in the order of their arrival. */
    List<Row> rows(String query) throws Exception {
        TableResult result = tables.executeSql(query);
        List<Row> all = new ArrayList<>();
        CloseableIterator<Row> rows = result.collect();
        try {
            rows.forEachRemaining(all::add);
        } finally {
            rows.close();
        }
        return all;
    }

    /** The message of ours among the causes of a failure. */
    static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SqlArgumentException)) {
            cause = cause.getCause();
        }
        assertThat(cause).as("a message of ours among the causes").isNotNull();
        return cause.getMessage();
    }

    /** The message of the first cause of a failure, which is what a user has to act on. */
    static String rootMessage(Throwable failure) {
        assertThat(failure).isNotNull();
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
