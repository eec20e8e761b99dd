package io.tickformer.history;

import io.tickformer.event.Tick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickRule;
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
 * The histories of the series of one source, in the order of their keys, whatever the order of the
 * source. What does not fit in memory is in temporary files, which go when the history is closed
 * and with the process at the latest. What it gave out must not be used after that.
 */
public final class History implements AutoCloseable {
    private static final int DIGESTED_AT_ONCE = 1 << 16;

    private final String source;
    private final List<SeriesLog> logs;
    private final Spool observations;
    private final List<Spool> grids = new ArrayList<>();
    private final List<History> views = new ArrayList<>();
    private final long knownUntil;
    private String fingerprint;
    private TickRule askedRule;
    private long wholeEnd;

    /**
     * A history of observations that are at hand.
     *
     * @param source where they come from, for messages: the file, and the lines of it where there
     *     are lines
     * @param series at least one with a value that is not missing
     * @throws HistoryException if there is none, or two have the same key
     */
    public History(String source, List<SeriesHistory> series) {
        this(of(source, series));
    }

    private History(History other) {
        this(other.source, other.logs, other.observations, other.knownUntil);
    }

    History(String source, List<SeriesLog> logs, Spool observations) {
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
     * @param knownUntil the event time from which on nothing is known of any series
     */
    private History(String source, List<SeriesLog> logs, Spool observations, long knownUntil) {
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
                        "%s: two series are called \"%s\"; expected different keys"
                                .formatted(source, one.series()));
            }
            for (int i = 0; i < one.values().length; i++) {
                builder.add(number, one.eventTimeMillis()[i], one.values()[i]);
            }
        }
        return builder.build(source);
    }

    /** Where it comes from, for messages. */
    public String source() {
        return source;
    }

    /** What there is of each series, in the order of their keys. */
    public List<SeriesSummary> summaries() {
        return logs.stream().map(SeriesLog::summary).toList();
    }

    /**
     * The observations of each series, in the order of their keys, those of a series in the order
     * of event time. A series is loaded when the list is asked for it, and not kept.
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
     * The series on a tick grid, in the order of their keys, each tick as a job makes it. They
     * belong to this history and end with it.
     *
     * <p><b>The last tick.</b> A history ends somewhere within a tick, so that of its newest tick
     * only a part may be known. By an aggregate that {@link TickAggregate#needsWholeTick needs the
     * whole}, that tick is left out, unless the history is of ready ticks: no series has two
     * observations in a tick, and all of them have the same place within it. Where a history was
     * cut at the border of a tick, its last tick is whole. A series that has no other tick keeps
     * it.
     *
     * @throws HistoryException if the grid is far too fine for the span of a series
     */
    public List<TickSeries> ticks(TickRule rule) {
        Spool grid = new Spool();
        grids.add(grid);
        List<TickSeries> ticks = new ArrayList<>();
        for (SeriesLog log : logs) {
            ticks.add(TickGrid.of(whole(log, rule), rule, grid));
        }
        return List.copyOf(ticks);
    }

    /**
     * As {@link #ticks(TickRule)}, one of the series by itself and in memory.
     *
     * @param series its place in the order of keys
     */
    public TickSeries ticks(int series, TickRule rule) {
        return TickGrid.of(whole(logs.get(series), rule), rule, new Spool());
    }

    private SeriesLog whole(SeriesLog log, TickRule rule) {
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

    /** Where the last whole tick ends, as an event time. */
    private long wholeEnd(TickRule rule) {
        return rule.aggregate().needsWholeTick() && !ReadyTicks.areIn(logs, rule.tickMillis())
                ? Tick.indexOf(knownUntil, rule.tickMillis()) * rule.tickMillis()
                : Long.MAX_VALUE;
    }

    /**
     * What was known before a time. A series without any value by then is left out. It belongs to
     * this history and ends with it.
     *
     * @throws HistoryException if no series has one
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
     * Some of the series. It belongs to this history and ends with it.
     *
     * @param chosen which ones, by their keys
     * @throws HistoryException if it is none of them
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
     * SHA-256 over keys, event times and values in their order, in hexadecimal. Depends on what was
     * observed, not on how or in which order a file writes it; missing values are no part of it.
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
        grids.forEach(Spool::close);
        views.forEach(History::close);
    }
}
