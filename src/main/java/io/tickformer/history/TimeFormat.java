package io.tickformer.history;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.annotation.Internal;
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

/** The format of event times in a column. All cells have the format of the first one. */
@Internal
public enum TimeFormat {
    /**
     * Year, month and day in UTC, optionally followed by a T or a space and a time of day,
     * optionally with a Z at the end. ISO 8601 is the strict form; slashes and single digits are
     * accepted too.
     */
    TEXT {
        @Override
        public long parse(String cell) {
            return millis(
                    TEXT_FORMATTER.parseBest(
                            withoutUtc(cell), LocalDateTime::from, LocalDate::from));
        }
    },
    /** The same with an offset, which may differ between cells, as with daylight saving. */
    TEXT_WITH_OFFSET {
        @Override
        public long parse(String cell) {
            return OffsetDateTime.parse(cell.replace('/', '-'), OFFSET_FORMATTER)
                    .toInstant()
                    .toEpochMilli();
        }
    },
    /** A column whose first cell ends with Z; other cells may have an offset. */
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
            // Double.parseDouble also accepts "NaN", "1d" and "0x1p3".
            if (!SECONDS.matcher(cell).matches()
                    || Math.abs(Double.parseDouble(cell)) >= FIRST_MILLIS) {
                throw new NumberFormatException(cell + " is not a number of seconds");
            }
            return Math.round(Double.parseDouble(cell) * 1000);
        }
    },
    /** Milliseconds since the Unix epoch. */
    EPOCH_MILLIS {
        @Override
        public long parse(String cell) {
            long millis = Long.parseLong(cell);
            // Seconds among milliseconds would be days in 1970.
            if (Math.abs(millis) < FIRST_MILLIS || Math.abs(millis) > LAST_MILLIS) {
                throw new NumberFormatException(cell + " is not a number of milliseconds");
            }
            return millis;
        }
    };

    /** The expected formats, for error messages. */
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
     * Digits that form a date of these centuries are a date. As numbers since 1970 they would be
     * days in 1970 or 1976, or far in the future.
     */
    private static final Pattern DATE_DIGITS = Pattern.compile("(19|20)\\d{6}(\\d{4}(\\d{2})?)?");

    /** Larger numbers are milliseconds: seconds would be beyond the year 5138. */
    private static final double FIRST_MILLIS = 1e11;

    /** The end of the year 9999, the last year in text form. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    /**
     * Parses an event time into milliseconds since the Unix epoch.
     *
     * @throws DateTimeException if the text is not a time
     * @throws NumberFormatException if the text is not a number
     */
    @CanIgnoreReturnValue
    public abstract long parse(String cell);

    /** The format of a cell; empty if it is in none of the formats. */
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
        // A date without a time of day has no offset.
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
