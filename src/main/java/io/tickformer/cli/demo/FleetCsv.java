package io.tickformer.cli.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Writes the deliveries of a feed as a table: one row per tick, one column per series. A cell is
 * the mean of the readings in that tick, or empty if there are none. Duplicates count once. Late
 * readings count while their row is still buffered. Faulty readings never count.
 */
final class FleetCsv {
    /** Rows that are buffered for late readings. */
    private static final int HELD_TICKS = 4;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Feed feed;
    private final List<String> series;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Deque<Row> held = new ArrayDeque<>();

    FleetCsv(Feed feed) {
        this.feed = feed;
        series = feed.series();
        for (int i = 0; i < series.size(); i++) {
            columns.put(series.get(i), i);
        }
    }

    /**
     * Writes the next ticks of the feed.
     *
     * @param written receives the number of ticks written, after each tick
     * @return number of cells with a value
     */
    long write(Path file, int ticks, LongConsumer written) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        long cells = 0;
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            writer.write("date," + String.join(",", series) + "\n");
            for (int tick = 0; tick < ticks; tick++) {
                held.add(new Row(feed.startMillis() + tick * feed.tickMillis(), series.size()));
                for (SimulatedRecord delivery : feed.next()) {
                    take(delivery);
                }
                if (held.size() > HELD_TICKS) {
                    cells += write(held.remove(), writer);
                }
                written.accept(tick + 1L);
            }
            while (!held.isEmpty()) {
                cells += write(held.remove(), writer);
            }
        }
        return cells;
    }

    private void take(SimulatedRecord delivery) {
        if (delivery.fault() != SimulatedRecord.Fault.NONE) {
            return;
        }
        long tickStart =
                Math.floorDiv(delivery.eventTimeMillis(), feed.tickMillis()) * feed.tickMillis();
        for (Row row : held) {
            if (row.startMillis == tickStart) {
                row.add(columns.get(delivery.series()), delivery);
                return;
            }
        }
    }

    private static long write(Row row, BufferedWriter writer) throws IOException {
        StringBuilder line = new StringBuilder(TIME.format(Instant.ofEpochMilli(row.startMillis)));
        long cells = 0;
        for (int i = 0; i < row.count.length; i++) {
            line.append(',');
            if (row.count[i] > 0) {
                line.append(String.format(Locale.ROOT, "%.5f", row.sum[i] / row.count[i]));
                cells++;
            }
        }
        writer.write(line.append('\n').toString());
        return cells;
    }

    /** Sums and counts of one tick, by column. */
    private static final class Row {
        private final long startMillis;
        private final double[] sum;
        private final int[] count;
        private final Map<Integer, Set<Long>> seen = new HashMap<>();

        Row(long startMillis, int columns) {
            this.startMillis = startMillis;
            sum = new double[columns];
            count = new int[columns];
        }

        void add(int column, SimulatedRecord delivery) {
            if (seen.computeIfAbsent(column, any -> new HashSet<>())
                    .add(delivery.eventTimeMillis())) {
                sum[column] += delivery.value();
                count[column]++;
            }
        }
    }
}
