package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Formats the status line of a job or a subtask: totals since its start. */
@Internal
public final class StatusLine {
    private static final String GAP = "  ";

    /**
     * If event times trail the clock by more than this, the job is not called caught up, though all
     * is read.
     */
    private static final Duration OLD = Duration.ofMinutes(5);

    /** The shown counters in order, with their column names and widths. */
    private static final Map<JobCounter, Column> COLUMNS = columns();

    private record Column(String name, int width) {}

    private StatusLine() {}

    private static Map<JobCounter, Column> columns() {
        Map<JobCounter, Column> columns = new LinkedHashMap<>();
        columns.put(JobCounter.RECORDS, new Column("read", 7));
        columns.put(JobCounter.OBSERVATIONS, new Column("readings", 7));
        columns.put(JobCounter.TICKS, new Column("ticks", 6));
        columns.put(JobCounter.FORECASTS, new Column("forecasts", 6));
        columns.put(JobCounter.DEAD_LETTERS, new Column("dead letters", 1));
        columns.put(JobCounter.LATE_READINGS, new Column("late", 1));
        columns.put(JobCounter.REFUSED_READINGS, new Column("refused", 1));
        return columns;
    }

    /** Formats a snapshot. */
    public static String of(JobMetricsSnapshot reading) {
        StringJoiner line = new StringJoiner(GAP);
        for (Map.Entry<JobCounter, Column> entry : COLUMNS.entrySet()) {
            JobCounter count = entry.getKey();
            // Records are shown in place of readings where both are counted.
            boolean twice = count == JobCounter.OBSERVATIONS && reading.counts(JobCounter.RECORDS);
            if (!reading.counts(count) || twice) {
                continue;
            }
            Column column = entry.getValue();
            String number = ReadableNumbers.number(reading.of(count));
            line.add(
                    column.name
                            + ' '
                            + " ".repeat(Math.max(0, column.width - number.length()))
                            + number
                            + causes(reading, count));
        }
        String behind = behind(reading);
        if (!behind.isEmpty()) {
            line.add(behind);
        }
        return line.toString();
    }

    private static String causes(JobMetricsSnapshot reading, JobCounter whole) {
        StringJoiner causes = new StringJoiner(", ", " (", ")");
        causes.setEmptyValue("");
        for (JobCounter part : whole.parts()) {
            if (reading.of(part) > 0) {
                causes.add(part.cause() + ' ' + ReadableNumbers.number(reading.of(part)));
            }
        }
        return causes.toString();
    }

    /** Formats how far behind it is: in records, and by the clock. */
    private static String behind(JobMetricsSnapshot reading) {
        String clock =
                reading.behindClock()
                        .map(
                                by ->
                                        by.isNegative()
                                                ? ReadableNumbers.duration(by)
                                                        + " ahead of the clock"
                                                : ReadableNumbers.duration(by)
                                                        + " behind the clock")
                        .orElse("");
        if (reading.waiting().isEmpty()) {
            return clock;
        }
        boolean isOld = reading.behindClock().filter(by -> by.compareTo(OLD) > 0).isPresent();
        String records =
                reading.isCaughtUp()
                        ? isOld ? "all read" : "caught up"
                        : "behind "
                                + ReadableNumbers.number(reading.waiting().getAsLong(), "record");
        return clock.isEmpty() ? records : records + ", " + clock;
    }
}
