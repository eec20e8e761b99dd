package io.tickformer.kafka.source;

import io.tickformer.annotation.Internal;
import java.io.Serializable;
import java.time.Duration;

/**
 * Settings of the watermarks, which decide when a tick ends.
 *
 * @param outOfOrderness how far the watermark of a partition trails its latest event time, or the
 *     clock
 * @param idleness time without observations after which a partition is idle; zero for never
 * @param followsClock whether the clock moves the watermark of a partition that is caught up;
 *     otherwise watermarks depend on the records alone
 * @param drift how far the watermark of a partition may be ahead of the others before the partition
 *     is paused; zero for no limit
 * @param tickLength length of a tick
 */
@Internal
public record WatermarkSettings(
        Duration outOfOrderness,
        Duration idleness,
        boolean followsClock,
        Duration drift,
        Duration tickLength)
        implements Serializable {}
