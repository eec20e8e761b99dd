package io.tickformer.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.flink.util.clock.RelativeClock;

/** A clock that is moved by hand, with another beside it that may stand still meanwhile. */
public final class HandClock extends Clock {
    private long millis;
    private long activeMillis;

    public HandClock(long millis) {
        this.millis = millis;
    }

    public void advance(long by) {
        millis += by;
        activeMillis += by;
    }

    /** Time passes in which the source is not read. */
    public void pause(long by) {
        millis += by;
    }

    public void set(long to) {
        millis = to;
    }

    /** Time in which the source is read. */
    public RelativeClock activity() {
        return new RelativeClock() {
            @Override
            public long relativeTimeMillis() {
                return activeMillis;
            }

            @Override
            public long relativeTimeNanos() {
                return Duration.ofMillis(activeMillis).toNanos();
            }
        };
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("there is one zone here");
    }
}
