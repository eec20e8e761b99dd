package io.tickformer.kafka.source;

import io.tickformer.kafka.decode.Decoded;
import java.util.OptionalLong;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * The watermarks of one Kafka partition. They trail the latest event time by the out-of-orderness,
 * where an event time counts for no more than the Kafka timestamps of the partition and the clock:
 * a device whose clock is ahead moves nobody's time.
 *
 * <p>Where the partition has nothing left to read, the clock moves the watermark in the place of
 * records that do not come:
 *
 * <ul>
 *   <li>Readings that usually come in time: the watermark trails the clock by the out-of-orderness.
 *       The partition is never idle, and holds nobody back.
 *   <li>Readings that come steadily later than that: the watermark trails the clock by their usual
 *       delay too. Nobody waits for such a partition: it is active only while it has a new
 *       watermark to give.
 *   <li>Any other, the past of a topic above all, is left to its own records.
 * </ul>
 *
 * <p>A partition that the clock does not move is idle when no observation has come for a while, and
 * one that has never had a record is idle almost at once. Dead letters take no part: they neither
 * push the watermark nor count as activity. A partition that carries nothing else would otherwise
 * be active without ever moving on, and hold back the watermark of the whole job.
 */
final class PartitionWatermarks implements WatermarkGenerator<Decoded> {
    /** How long after others of its subtask a partition is waited for that has had no record. */
    private static final long EMPTY_MILLIS = 2_000;

    /** How long it is waited for where none of the others has had one either. */
    private static final long ALL_EMPTY_NANOS = 5_000_000_000L;

    private final boolean followsClock;
    private final long outOfOrdernessMillis;
    private final long idlenessNanos;
    private final SubtaskReadState subtask;
    private final RelativeClock activity;
    private final PartitionReadState reading;
    private final ArrivalDelay delay;
    private final TickWatermarks watermarks;
    private long latest = Long.MIN_VALUE;
    private boolean isEmpty = true;
    private long observedAtActivity;

    PartitionWatermarks(
            WatermarkSettings settings, SubtaskReadState subtask, RelativeClock activity) {
        this.followsClock = settings.followsClock();
        this.outOfOrdernessMillis = settings.outOfOrderness().toMillis();
        this.idlenessNanos = settings.idleness().toNanos();
        this.subtask = subtask;
        this.activity = activity;
        long tickMillis = settings.tickLength().toMillis();
        this.reading = new PartitionReadState(subtask, activity, followsClock, tickMillis);
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
            // What comes while all is read has come just now, whatever its timestamp says.
            // Nothing comes from the future, and a record may have no timestamp.
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
