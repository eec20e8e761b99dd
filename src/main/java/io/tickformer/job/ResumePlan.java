package io.tickformer.job;

import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.issued.ForecastProgress;
import io.tickformer.kafka.issued.NewestForecastsReader;
import io.tickformer.kafka.sink.DeliveryMode;
import io.tickformer.kafka.sink.OpenTransactions;
import io.tickformer.kafka.sink.RecordTimestamp;
import io.tickformer.kafka.source.StartOffset;
import io.tickformer.kafka.topic.GroupProgress;
import io.tickformer.kafka.topic.RewindPlan;
import io.tickformer.operator.NewestForecastTicks;
import io.tickformer.operator.PartlyReadTickFilter;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The plan for a job that has committed offsets and starts again without a savepoint. It re-reads
 * its topics as far back as the contexts need, and forecasts the ticks that have no forecast in the
 * forecast topic yet.
 *
 * @param rewind where reading starts
 * @param done ticks that have a forecast
 * @param whole ticks that are read completely
 * @param notices notices for the user who starts the job
 */
record ResumePlan(
        RewindPlan rewind,
        NewestForecastTicks done,
        PartlyReadTickFilter whole,
        List<String> notices) {
    /** Ticks that may be open when a job stops, and one tick that is re-read in part. */
    private static final int SPARE_TICKS = 3;

    /**
     * Ticks of newest forecasts that are read in any case, in addition to the waiting time of
     * readings.
     */
    private static final int LEAST_TICKS = 4;

    ResumePlan {
        notices = List.copyOf(notices);
    }

    /**
     * Creates the plan.
     *
     * @param isTakeover whether Flink may restore the job from a checkpoint that it finds by
     *     itself, whose transactions must not be aborted here
     * @param submitted time of submission
     * @return empty if the job starts for the first time, or if its settings say where to start
     * @throws OptionException if a request to the brokers fails
     */
    static Optional<ResumePlan> plan(
            JobSettings settings,
            KafkaEndpoints kafka,
            ForecastSpec spec,
            boolean isTakeover,
            Instant submitted) {
        if (settings.get(SourceOptions.START) != StartOffset.COMMITTED) {
            return Optional.empty();
        }
        KafkaConnection connection = JobConnections.kafka(settings);
        try (GroupProgress progress =
                GroupProgress.of(
                        connection,
                        settings.get(SourceOptions.TOPICS),
                        settings.get(KafkaOptions.GROUP_ID))) {
            if (progress.isEmpty()) {
                progress.begin(submitted);
                return Optional.empty();
            }
            if (settings.get(SinkOptions.DELIVERY) == DeliveryMode.EXACTLY_ONCE && !isTakeover) {
                OpenTransactions.abort(connection, kafka.forecastTransactions());
            }
            return Optional.of(plan(settings, connection, spec, progress, submitted));
        } catch (IOException e) {
            throw new OptionException(
                    ("cannot determine what the group %s has read and which ticks are forecast in"
                                    + " the topic %s: %s; start from a savepoint, or set %s to false"
                                    + " to"
                                    + " continue with empty contexts")
                            .formatted(
                                    settings.get(KafkaOptions.GROUP_ID),
                                    settings.get(SinkOptions.TOPIC),
                                    e.getMessage(),
                                    KafkaOptions.PREFLIGHT.key()),
                    e);
        }
    }

    private static ResumePlan plan(
            JobSettings settings,
            KafkaConnection connection,
            ForecastSpec spec,
            GroupProgress progress,
            Instant submitted)
            throws IOException {
        Duration tick = Duration.ofMillis(spec.tickMillis());
        Duration waiting =
                settings.get(SourceOptions.OUT_OF_ORDERNESS)
                        .plus(settings.get(SourceOptions.IDLENESS));
        Duration back = tick.multipliedBy(reach(spec) + SPARE_TICKS).plus(waiting);
        long now = submitted.toEpochMilli();
        Channels channels = Channels.of(spec);
        String topic = settings.get(SinkOptions.TOPIC);
        NewestForecastsReader tail = new NewestForecastsReader(connection, topic);
        long least = tick.multipliedBy(LEAST_TICKS).plus(waiting).toMillis();
        // Kafka timestamps that are event times do not tell when a forecast was written.
        boolean isDated = settings.get(SinkOptions.RECORD_TIMESTAMP) == RecordTimestamp.ISSUE_TIME;
        long since = isDated ? progress.oldestMillis(now, back) : 0;
        ForecastProgress issued = tail.read(since, least, spec.tickMillis(), channels::keyOf);
        long behind = behind(issued, now, spec);
        long older = progress.oldestMillis(Math.min(now, behind), back);
        if (isDated && older < since) {
            // Old data is being replayed: more records are re-read, and their ticks may have
            // forecasts.
            issued = tail.read(older, least, spec.tickMillis(), channels::keyOf);
            behind = Math.min(behind, behind(issued, now, spec));
        }
        RewindPlan rewind = progress.rewind(Math.min(now, behind), back);
        long stopped = progress.newestMillis() - tick.plus(waiting).toMillis();
        ResumePoints.Begun begun =
                new ResumePoints.Begun(
                        ForecastFromOption.isFromStart(settings),
                        progress.firstStart().map(Instant::toEpochMilli),
                        stopped);
        ResumePoints done = ResumePoints.of(issued, begun, spec.tickMillis());
        long spare = tick.multipliedBy(SPARE_TICKS).plus(waiting).toMillis();
        return new ResumePlan(
                rewind,
                done.ticks(),
                whole(rewind.partialBefore(), progress.newestMillis() - behind - spare),
                new ResumeNotices(rewind, issued, topic, spec).notices(done.unlisted()));
    }

    /**
     * The ticks that a context depends on. The fill value of an empty tick may come from up to one
     * context length before.
     */
    private static long reach(ForecastSpec spec) {
        return (spec.emptyTick().hasValue() ? 2L : 1L) * spec.ringTicks();
    }

    private static long behind(ForecastProgress issued, long now, ForecastSpec spec) {
        return issued.newest().isEmpty() ? now : issued.behindTick() * spec.tickMillis();
    }

    /**
     * The ticks that are read completely if reading starts at a Kafka timestamp.
     *
     * @param lag how far event times trail Kafka timestamps, if old data is replayed
     */
    static PartlyReadTickFilter whole(long partialBefore, long lag) {
        return partialBefore == Long.MIN_VALUE
                ? PartlyReadTickFilter.ALL
                : new PartlyReadTickFilter(partialBefore - Math.max(0, lag));
    }
}
