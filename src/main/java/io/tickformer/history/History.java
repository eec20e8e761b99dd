package io.tickformer.history;

import io.tickformer.annotation.Public;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The series of one source in the order of their keys. Data that does not fit in memory is in
 * temporary files, which are deleted when the history is closed, or with the process. Do not use
 * series of a closed history.
 */
@Public
public final class History implements AutoCloseable {
    private static final int DIGESTED_AT_ONCE = 1 << 16;

    private final String source;
    private final List<SeriesLog> logs;
    private final SpillBuffer observations;
    private final List<SpillBuffer> grids = new ArrayList<>();
    private final List<History> views = new ArrayList<>();
    private final long knownUntil;
    private String fingerprint;
    private TickDefinition askedRule;
    private long wholeEnd;

    /**
     * A history of observations in memory.
     *
     * @param source name of the source, for messages: the file, with its line numbers if it has
     *     lines
     * @param series at least one with a value that is not missing
     * @throws HistoryException if there is none, or two have the same key
     */
    public History(String source, List<SeriesHistory> series) {
        this(of(source, series));
    }

    private History(History other) {
        this(other.source, other.logs, other.observations, other.knownUntil);
    }

    History(String source, List<SeriesLog> logs, SpillBuffer observations) {
        this(source, logs, observations, endOf(logs));
    }

    private static long endOf(List<SeriesLog> logs) {
        long newest = Long.MIN_VALUE;
        for (SeriesLog log : logs) {
            newest = Math.max(newest, log.summary().lastMillis());
        }
        return newest == Long.MIN_VALUE ? newest : newest + 1;
    }

    /**
     * @param knownUntil the event time at which the knowledge of all series ends
     */
    private History(
            String source, List<SeriesLog> logs, SpillBuffer observations, long knownUntil) {
        this.knownUntil = knownUntil;
        this.source = Objects.requireNonNull(source, "source");
        this.logs = List.copyOf(logs);
        this.observations = observations;
        if (logs.isEmpty()) {
            throw new HistoryException(source + ": no series; expected at least one");
        }
    }

    private static History of(String source, List<SeriesHistory> series) {
        HistoryBuilder builder = new HistoryBuilder();
        for (SeriesHistory one : series) {
            int number = builder.number(one.series());
            if (builder.observed(number) > 0) {
                throw new HistoryException(
                        "%s: two series have the key \"%s\"; expected different keys"
                                .formatted(source, one.series()));
            }
            for (int i = 0; i < one.values().length; i++) {
                builder.add(number, one.eventTimeMillis()[i], one.values()[i]);
            }
        }
        return builder.build(source);
    }

    /** Name of the source, for messages. */
    public String source() {
        return source;
    }

    /** A summary of each series, in the order of their keys. */
    public List<SeriesSummary> summaries() {
        return logs.stream().map(SeriesLog::summary).toList();
    }

    /**
     * The observations of each series, in the order of their keys; within a series in the order of
     * event time. Each access to an element loads the series again.
     */
    public List<SeriesHistory> series() {
        return new AbstractList<>() {
            @Override
            public SeriesHistory get(int index) {
                SeriesLog log = logs.get(index);
                return log.isOrdered() ? log.load() : log.load().inOrderOf(1);
            }

            @Override
            public int size() {
                return logs.size();
            }
        };
    }

    /**
     * The series on a tick grid, in the order of their keys, with ticks as a job computes them.
     * They are valid until this history is closed.
     *
     * <p><b>The last tick.</b> A history usually ends within a tick, so its newest tick may be
     * incomplete. That tick is left out if the aggregate {@link TickAggregate#needsWholeTick needs
     * complete ticks}. It is kept if the history consists of complete ticks (no series has two
     * observations in a tick, and all observations have the same position within their tick), if
     * the history was cut at the border of a tick, or if the series has no other tick.
     *
     * @throws HistoryException if the grid is far too fine for the span of a series
     */
    public List<TickSeries> ticks(TickDefinition rule) {
        SpillBuffer grid = new SpillBuffer();
        grids.add(grid);
        List<TickSeries> ticks = new ArrayList<>();
        for (SeriesLog log : logs) {
            ticks.add(TickAggregator.of(whole(log, rule), rule, grid));
        }
        return List.copyOf(ticks);
    }

    /**
     * One series, as in {@link #ticks(TickDefinition)}, in memory.
     *
     * @param series its position in the order of keys
     */
    public TickSeries ticks(int series, TickDefinition rule) {
        return TickAggregator.of(whole(logs.get(series), rule), rule, new SpillBuffer());
    }

    private SeriesLog whole(SeriesLog log, TickDefinition rule) {
        if (!rule.equals(askedRule)) {
            wholeEnd = wholeEnd(rule);
            askedRule = rule;
        }
        if (log.summary().lastMillis() < wholeEnd) {
            return log;
        }
        SeriesLog whole = log.before(wholeEnd);
        return whole.count() == 0 ? log : whole;
    }

    /** End of the last complete tick, as an event time. */
    private long wholeEnd(TickDefinition rule) {
        return rule.aggregate().needsWholeTick()
                        && !WholeTickDetector.areIn(logs, rule.tickMillis())
                ? Tick.indexOf(knownUntil, rule.tickMillis()) * rule.tickMillis()
                : Long.MAX_VALUE;
    }

    /**
     * The observations before a time. Series without a value before it are left out. Valid until
     * this history is closed.
     *
     * @throws HistoryException if no series is left
     */
    public History before(long endMillis) {
        List<SeriesLog> known = new ArrayList<>();
        for (SeriesLog log : logs) {
            SeriesLog before = log.before(endMillis);
            if (before.count() > 0) {
                known.add(before);
            }
        }
        History before = new History(source, known, observations, Math.min(knownUntil, endMillis));
        views.add(before);
        return before;
    }

    /**
     * Some of the series. Valid until this history is closed.
     *
     * @param chosen selects series by their keys
     * @throws HistoryException if it selects none
     */
    public History only(Predicate<String> chosen) {
        List<SeriesLog> some = new ArrayList<>();
        for (SeriesLog log : logs) {
            if (chosen.test(log.summary().series())) {
                some.add(log);
            }
        }
        History only = new History(source, some, observations, knownUntil);
        views.add(only);
        return only;
    }

    void visitByTime(int series, SeriesLog.Visitor visitor) {
        logs.get(series).visitByTime(visitor);
    }

    /**
     * SHA-256 over keys, event times and values in order, in hexadecimal. It depends on the
     * observations and not on the file format or the order of rows. Missing values are ignored.
     */
    public String fingerprint() {
        if (fingerprint == null) {
            fingerprint = digested();
        }
        return fingerprint;
    }

    private String digested() {
        MessageDigest digest = sha256();
        ByteBuffer bytes = ByteBuffer.allocate(DIGESTED_AT_ONCE);
        for (SeriesLog log : logs) {
            byte[] key = log.summary().series().getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(key.length).array());
            digest.update(key);
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(log.count()).array());
            log.visitByTime(
                    (time, value) -> {
                        if (bytes.remaining() < Long.BYTES + Double.BYTES) {
                            digest.update(bytes.flip());
                            bytes.clear();
                        }
                        bytes.putLong(time).putDouble(value);
                    });
            digest.update(bytes.flip());
            bytes.clear();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        observations.close();
        grids.forEach(SpillBuffer::close);
        views.forEach(History::close);
    }
}
