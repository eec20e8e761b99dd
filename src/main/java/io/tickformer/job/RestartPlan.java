package io.tickformer.job;

import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.issued.ForecastTail;
import io.tickformer.kafka.issued.IssuedForecasts;
import io.tickformer.kafka.sink.Delivery;
import io.tickformer.kafka.sink.OpenTransactions;
import io.tickformer.kafka.sink.RecordTimestamp;
import io.tickformer.kafka.source.StartOffset;
import io.tickformer.kafka.topic.GroupProgress;
import io.tickformer.kafka.topic.RewindPlan;
import io.tickformer.operator.ForecastProgress;
import io.tickformer.operator.WholeTicks;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a job goes on that was started before, has committed offsets, and starts again without a
 * savepoint: it reads its topics back as far as its contexts need, and forecasts the ticks that the
 * topic of forecasts does not hold yet.
 *
 * @param rewind from where the topics are read
 * @param done which ticks have a forecast
 * @param whole which ticks are read from their beginning
 * @param notices what is said of it to whoever starts the job
 */
record RestartPlan(
        RewindPlan rewind, ForecastProgress done, WholeTicks whole, List<String> notices) {
    /** Ticks that may be open when a job stops, and one that the way back begins within. */
    private static final int SPARE_TICKS = 3;

    /** So much of the newest forecasts is read in any case, besides what readings wait for. */
    private static final int LEAST_TICKS = 4;

    RestartPlan {
        notices = List.copyOf(notices);
    }

    /**
     * Asks the brokers and plans it.
     *
     * @param isTakeover whether the job may go on from a checkpoint that Flink finds by itself,
     *     whose transactions must not be ended here
     * @param submitted when the job is submitted
     * @return none where the job starts for the first time, or begins elsewhere by its settings
     * @throws OptionException if the brokers cannot be asked or refuse
     */
    static Optional<RestartPlan> plan(
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
            if (settings.get(SinkOptions.DELIVERY) == Delivery.EXACTLY_ONCE && !isTakeover) {
                OpenTransactions.abort(connection, kafka.forecastTransactions());
            }
            return Optional.of(plan(settings, connection, spec, progress, submitted));
        } catch (IOException e) {
            throw new OptionException(
                    ("what the group %s has read, and what of it is forecast in the topic %s,"
                                    + " cannot be found out: %s; start from a savepoint, or set %s to"
                                    + " false to go on with empty contexts")
                            .formatted(
                                    settings.get(KafkaOptions.GROUP_ID),
                                    settings.get(SinkOptions.TOPIC),
                                    e.getMessage(),
                                    KafkaOptions.PREFLIGHT.key()),
                    e);
        }
    }

    private static RestartPlan plan(
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
        ForecastTail tail = new ForecastTail(connection, topic);
        long least = tick.multipliedBy(LEAST_TICKS).plus(waiting).toMillis();
        // Timestamps that are event times do not say when a forecast was written.
        boolean isDated = settings.get(SinkOptions.RECORD_TIMESTAMP) == RecordTimestamp.ISSUE_TIME;
        long since = isDated ? progress.oldestMillis(now, back) : 0;
        IssuedForecasts issued = tail.read(since, least, spec.tickMillis(), channels::keyOf);
        long behind = behind(issued, now, spec);
        long older = progress.oldestMillis(Math.min(now, behind), back);
        if (isDated && older < since) {
            // Data of the past are replayed: more is read again, and may be forecast already.
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
        return new RestartPlan(
                rewind,
                done.ticks(),
                whole(rewind.partialBefore(), progress.newestMillis() - behind - spare),
                new RestartNotices(rewind, issued, topic, spec).notices(done.unlisted()));
    }

    /**
     * Ticks that a context depends on. What fills an empty tick comes from one a ring before it.
     */
    private static long reach(ForecastSpec spec) {
        return (spec.emptyTick().hasValue() ? 2L : 1L) * spec.ringTicks();
    }

    private static long behind(IssuedForecasts issued, long now, ForecastSpec spec) {
        return issued.newest().isEmpty() ? now : issued.behindTick() * spec.tickMillis();
    }

    /**
     * Ticks that are whole where reading begins at a Kafka timestamp.
     *
     * @param lag by how much event times trail Kafka timestamps, where data of the past is replayed
     */
    static WholeTicks whole(long partialBefore, long lag) {
        return partialBefore == Long.MIN_VALUE
                ? WholeTicks.ALL
                : new WholeTicks(partialBefore - Math.max(0, lag));
    }
}
