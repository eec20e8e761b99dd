package io.tickformer.kafka.source;

import io.tickformer.kafka.decode.Decoded;
import java.util.OptionalLong;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * The watermarks of one Kafka partition. They trail the latest event time by the out-of-orderness.
 * An event time is capped at the latest Kafka timestamp of the partition and at the clock, so that
 * a device whose clock is ahead cannot push the watermark.
 *
 * <p>Once the partition is caught up, the clock moves the watermark:
 *
 * <ul>
 *   <li>If readings usually arrive in time, the watermark trails the clock by the out-of-orderness.
 *       The partition is never idle and never holds back other partitions.
 *   <li>If readings always arrive later than that, the watermark also trails the clock by their
 *       usual delay. Such a partition holds back no other one: it is active only while it emits a
 *       new watermark.
 *   <li>In all other cases, such as the replay of old data, only the records move the watermark.
 * </ul>
 *
 * <p>A partition that the clock does not move becomes idle after a time without observations. A
 * partition that never had a record becomes idle almost at once. Dead letters neither move the
 * watermark nor count as activity. A partition with dead letters only would otherwise be active
 * without progress, and hold back the watermark of the whole job.
 */
final class PartitionWatermarks implements WatermarkGenerator<Decoded> {
    /**
     * An empty partition becomes idle this long after another partition of its subtask had a
     * record.
     */
    private static final long EMPTY_MILLIS = 2_000;

    /**
     * An empty partition becomes idle after this time if all partitions of its subtask are empty.
     */
    private static final long ALL_EMPTY_NANOS = 5_000_000_000L;

    private final boolean followsClock;
    private final long outOfOrdernessMillis;
    private final long idlenessNanos;
    private final SubtaskActivity subtask;
    private final RelativeClock activity;
    private final CaughtUpDetector reading;
    private final ArrivalDelay delay;
    private final TickWatermarks watermarks;
    private long latest = Long.MIN_VALUE;
    private boolean isEmpty = true;
    private long observedAtActivity;

    PartitionWatermarks(
            WatermarkSettings settings, SubtaskActivity subtask, RelativeClock activity) {
        this.followsClock = settings.followsClock();
        this.outOfOrdernessMillis = settings.outOfOrderness().toMillis();
        this.idlenessNanos = settings.idleness().toNanos();
        this.subtask = subtask;
        this.activity = activity;
        long tickMillis = settings.tickLength().toMillis();
        this.reading = new CaughtUpDetector(subtask, activity, followsClock, tickMillis);
        this.delay = new ArrivalDelay(tickMillis, outOfOrdernessMillis);
        this.watermarks = new TickWatermarks(tickMillis);
        this.observedAtActivity = activity.relativeTimeNanos();
    }

    @Override
    public void onEvent(Decoded decoded, long eventTimeMillis, WatermarkOutput output) {
        if (decoded instanceof Decoded.Observed observed) {
            observe(observed.writtenMillis(), eventTimeMillis, output);
        } else if (decoded instanceof Decoded.Rejected rejected) {
            reading.read(rejected.deadLetter().timestampMillis());
        }
    }

    private void observe(long writtenMillis, long eventTimeMillis, WatermarkOutput output) {
        if (followsClock) {
            // If the partition is caught up, the record has just arrived, whatever its timestamp
            // is. A timestamp is never in the future, and a record may have none.
            long now = subtask.now();
            boolean isTimeless = reading.isCaughtUp() || writtenMillis < 0;
            delay.observe(eventTimeMillis, isTimeless ? now : Math.min(writtenMillis, now));
        }
        reading.read(writtenMillis);
        isEmpty = false;
        observedAtActivity = activity.relativeTimeNanos();
        long time = Math.min(eventTimeMillis, reading.writtenUntil());
        if (time > latest) {
            latest = time;
            watermarks.reach(time - outOfOrdernessMillis - 1, output);
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (followsClock && !isEmpty && reading.isCaughtUp()) {
            OptionalLong prompt = delay.prompt();
            if (prompt.isPresent()) {
                follow(prompt.getAsLong(), output);
                watermarks.repeat(output);
                return;
            }
            OptionalLong steady = delay.steady();
            if (steady.isPresent()) {
                if (!follow(steady.getAsLong(), output)) {
                    output.markIdle();
                }
                return;
            }
        }
        if (isIdle()) {
            output.markIdle();
        } else {
            watermarks.repeat(output);
        }
    }

    private boolean follow(long delayMillis, WatermarkOutput output) {
        return watermarks.reach(subtask.now() - delayMillis - 1, output);
    }

    private boolean isIdle() {
        if (idlenessNanos == 0) {
            return false;
        }
        long silence = activity.relativeTimeNanos() - observedAtActivity;
        if (silence > idlenessNanos) {
            return true;
        }
        return followsClock
                && isEmpty
                && (silence > ALL_EMPTY_NANOS || subtask.hasReadFor(EMPTY_MILLIS));
    }
}
