package io.tickformer.history;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a column writes its event times. One column writes all of them alike; its first cell decides.
 */
public enum TimeFormat {
    /**
     * Year, month and day in UTC, a Z at the end or not, then perhaps a T or a blank and a time of
     * day. ISO 8601 is the strictest form of it; slashes for hyphens and single digits will do.
     */
    TEXT {
        @Override
        public long parse(String cell) {
            return millis(
                    TEXT_FORMATTER.parseBest(
                            withoutUtc(cell), LocalDateTime::from, LocalDate::from));
        }
    },
    /** The same with an offset, which may change from cell to cell, as with daylight saving. */
    TEXT_WITH_OFFSET {
        @Override
        public long parse(String cell) {
            return OffsetDateTime.parse(cell.replace('/', '-'), OFFSET_FORMATTER)
                    .toInstant()
                    .toEpochMilli();
        }
    },
    /** A column that begins with a Z may go on with either. */
    TEXT_WITH_UTC {
        @Override
        public long parse(String cell) {
            try {
                return TEXT.parse(cell);
            } catch (DateTimeException e) {
                return TEXT_WITH_OFFSET.parse(cell);
            }
        }
    },
    /** {@code 20160701}, {@code 201607010030} or {@code 20160701003000}, in UTC. */
    DIGITS {
        @Override
        public long parse(String cell) {
            return millis(DIGITS_FORMATTER.parseBest(cell, LocalDateTime::from, LocalDate::from));
        }
    },
    /** Seconds since the Unix epoch, fractions allowed. */
    EPOCH_SECONDS {
        @Override
        public long parse(String cell) {
            // Double.parseDouble also reads "NaN", "1d" and "0x1p3".
            if (!SECONDS.matcher(cell).matches()
                    || Math.abs(Double.parseDouble(cell)) >= FIRST_MILLIS) {
                throw new NumberFormatException(cell + " is no number of seconds");
            }
            return Math.round(Double.parseDouble(cell) * 1000);
        }
    },
    /** Milliseconds since the Unix epoch. */
    EPOCH_MILLIS {
        @Override
        public long parse(String cell) {
            long millis = Long.parseLong(cell);
            // Seconds among milliseconds would be a day of 1970.
            if (Math.abs(millis) < FIRST_MILLIS || Math.abs(millis) > LAST_MILLIS) {
                throw new NumberFormatException(cell + " is no number of milliseconds");
            }
            return millis;
        }
    };

    /** What is expected where it is none of them. */
    public static final String EXPECTED =
            "expected ISO 8601 (2016-07-01T00:00:00Z), yyyy-MM-dd HH:mm:ss in UTC, yyyyMMdd, or"
                    + " seconds or milliseconds since 1970";

    private static final DateTimeFormatter TEXT_FORMATTER =
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 4)
                    .appendLiteral('-')
                    .appendValue(ChronoField.MONTH_OF_YEAR, 1, 2, SignStyle.NOT_NEGATIVE)
                    .appendLiteral('-')
                    .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
                    .optionalStart()
                    .appendPattern("['T'][' ']")
                    .appendValue(ChronoField.HOUR_OF_DAY, 1, 2, SignStyle.NOT_NEGATIVE)
                    .appendLiteral(':')
                    .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
                    .optionalStart()
                    .appendLiteral(':')
                    .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
                    .optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .optionalEnd()
                    .optionalEnd()
                    .optionalEnd()
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    private static final String UTC = "Z";

    private static final DateTimeFormatter OFFSET_FORMATTER =
            new DateTimeFormatterBuilder()
                    .append(TEXT_FORMATTER)
                    .appendOffsetId()
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern SECONDS = Pattern.compile("-?\\d+(\\.\\d*)?");

    private static final DateTimeFormatter DIGITS_FORMATTER =
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 4)
                    .appendValue(ChronoField.MONTH_OF_YEAR, 2)
                    .appendValue(ChronoField.DAY_OF_MONTH, 2)
                    .optionalStart()
                    .appendValue(ChronoField.HOUR_OF_DAY, 2)
                    .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
                    .optionalStart()
                    .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    /**
     * Digits that are a date of these centuries are one. As numbers since 1970 they would be days
     * of 1970 or 1976, or years far off.
     */
    private static final Pattern DATE_DIGITS = Pattern.compile("(19|20)\\d{6}(\\d{4}(\\d{2})?)?");

    /** Seconds beyond the year 5138, milliseconds before March 1973. */
    private static final double FIRST_MILLIS = 1e11;

    /** The end of the year 9999, which is the last that a text can say. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    /**
     * The event time in a cell, in milliseconds since the Unix epoch.
     *
     * @throws DateTimeException if it is no such text
     * @throws NumberFormatException if it is no such number
     */
    @CanIgnoreReturnValue
    public abstract long parse(String cell);

    /** The format a cell is written in, or empty if it is none of them. */
    public static Optional<TimeFormat> of(String cell) {
        return candidates(cell).stream().filter(format -> format.reads(cell)).findFirst();
    }

    private boolean reads(String cell) {
        try {
            parse(cell);
            return true;
        } catch (DateTimeException | NumberFormatException e) {
            return false;
        }
    }

    private static List<TimeFormat> candidates(String cell) {
        if (cell.matches("-?\\d+")) {
            boolean millis = Math.abs(Double.parseDouble(cell)) >= FIRST_MILLIS;
            TimeFormat epoch = millis ? EPOCH_MILLIS : EPOCH_SECONDS;
            return DATE_DIGITS.matcher(cell).matches() ? List.of(DIGITS, epoch) : List.of(epoch);
        }
        return cell.matches("-?\\d+\\.\\d*")
                ? List.of(EPOCH_SECONDS)
                : List.of(cell.endsWith(UTC) ? TEXT_WITH_UTC : TEXT, TEXT_WITH_OFFSET);
    }

    private static String withoutUtc(String cell) {
        String text = cell.replace('/', '-');
        // A date alone has no offset.
        return text.endsWith(UTC) && text.indexOf(':') > 0
                ? text.substring(0, text.length() - UTC.length())
                : text;
    }

    private static long millis(TemporalAccessor parsed) {
        LocalDateTime local =
                parsed instanceof LocalDate date ? date.atStartOfDay() : LocalDateTime.from(parsed);
        return local.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
