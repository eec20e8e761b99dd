package io.tickformer.kafka.source;

import java.io.Serializable;
import java.time.Duration;

/**
 * What decides when a tick is over.
 *
 * @param outOfOrderness by how much the watermark of a partition trails its latest event time, or
 *     the clock
 * @param idleness a partition without observations for so long is not waited for; zero to wait for
 *     ever
 * @param followsClock whether the clock moves the watermark of a partition that has nothing left to
 *     read; without it watermarks depend on the records alone
 * @param drift how far the watermark of a partition may be ahead of the others before it is read no
 *     further; zero for no such limit
 * @param tickLength length of a tick
 */
public record WatermarkSettings(
        Duration outOfOrderness,
        Duration idleness,
        boolean followsClock,
        Duration drift,
        Duration tickLength)
        implements Serializable {}
