package io.tickformer.history;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * How a column writes its event times. One column writes all of them alike; its first cell decides.
 */
enum TimeFormat {
    /** ISO 8601, with a blank in place of the T allowed; without an offset it is UTC. */
    TEXT {
        @Override
        long parse(String cell) {
            TemporalAccessor parsed =
                    TEXT_FORMATTER.parseBest(
                            cell, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (parsed instanceof OffsetDateTime time) {
                return time.toInstant().toEpochMilli();
            }
            LocalDateTime local =
                    parsed instanceof LocalDate date
                            ? date.atStartOfDay()
                            : LocalDateTime.from(parsed);
            return local.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
    },
    /** Seconds since the Unix epoch, fractions allowed. */
    EPOCH_SECONDS {
        @Override
        long parse(String cell) {
            return Math.round(Double.parseDouble(cell) * 1000);
        }
    },
    /** Milliseconds since the Unix epoch. */
    EPOCH_MILLIS {
        @Override
        long parse(String cell) {
            return Long.parseLong(cell);
        }
    };

    static final String EXPECTED =
            "expected ISO 8601 (2016-07-01T00:00:00Z), yyyy-MM-dd HH:mm:ss in UTC, or seconds or"
                    + " milliseconds since 1970";

    private static final DateTimeFormatter TEXT_FORMATTER =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendPattern("['T'][' ']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalStart()
                    .appendOffsetId()
                    .toFormatter();

    /** Seconds beyond the year 5138, milliseconds before March 1973. */
    private static final double FIRST_MILLIS = 1e11;

    /**
     * The event time in a cell, in milliseconds since the Unix epoch.
     *
     * @throws DateTimeException if it is no such text
     * @throws NumberFormatException if it is no such number
     */
    abstract long parse(String cell);

    /** The format a cell is written in, or empty if it is none of them. */
    static Optional<TimeFormat> of(String cell) {
        if (cell.matches("-?\\d+")) {
            boolean millis = Math.abs(Double.parseDouble(cell)) >= FIRST_MILLIS;
            return Optional.of(millis ? EPOCH_MILLIS : EPOCH_SECONDS);
        }
        if (cell.matches("-?\\d+\\.\\d*")) {
            return Optional.of(EPOCH_SECONDS);
        }
        try {
            TEXT.parse(cell);
            return Optional.of(TEXT);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
