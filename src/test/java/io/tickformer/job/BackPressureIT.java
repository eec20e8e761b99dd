package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.DecodedSerializer;
import io.tickformer.operator.ForecastSerializer;
import io.tickformer.process.LocalJob;
import io.tickformer.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The flow of the job before a sink that stands still, in a mini cluster. */
@Timeout(600)
final class BackPressureIT {
    private static final int SERIES = 50;
    private static final int OBSERVATIONS = 300_000;
    private static final long MINUTE = 60_000;

    /** How long nothing must have been taken in to say that nothing is any more. */
    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final AtomicLong TAKEN = new AtomicLong();
    private static final AtomicLong WRITTEN = new AtomicLong();
    private static final CountDownLatch OPEN = new CountDownLatch(1);

    /** Each tick comes to every series before the next one does. */
    private static final class Observations implements MapFunction<Long, Decoded> {
        private static final long serialVersionUID = 1L;

        @Override
        public Decoded map(Long number) {
            TAKEN.incrementAndGet();
            return new Decoded.Observed(
                    new Observation("s" + number % SERIES, number / SERIES * MINUTE, number % 11),
                    number / SERIES * MINUTE);
        }
    }

    private static final class StandingSink implements MapFunction<Forecast, Forecast> {
        private static final long serialVersionUID = 1L;

        @Override
        public Forecast map(Forecast forecast) throws InterruptedException {
            OPEN.await();
            WRITTEN.incrementAndGet();
            return forecast;
        }
    }

    @Test
    void beforeASinkThatStandsStillTheJobStandsStillTooAndLosesNothing(@TempDir Path folder)
            throws Exception {
        Path model = Files.write(folder.resolve("model.onnx"), TestModels.streaming());
        JobDataflow flow =
                ForecastJob.flow(
                        JobSettings.parse(
                                "--kafka.bootstrap-servers=none:1",
                                "--source.format=json",
                                "--sink.format=json",
                                "--model.tick=1 min",
                                "--forecast.from=earliest",
                                "--model.path=" + model));
        try (LocalJob job = LocalJob.start("back-pressure", 1, into -> wire(into, flow))) {
            long taken = whenStill();
            assertThat(WRITTEN).hasValue(0);
            // What the buffers between two tasks hold, and no more however long it stands.
            assertThat(taken).isPositive().isLessThan(OBSERVATIONS / 2);

            OPEN.countDown();
            while (!job.hasEnded()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            job.check();
            assertThat(TAKEN).hasValue(OBSERVATIONS);
            assertThat(WRITTEN).hasValue(OBSERVATIONS);
        }
    }

    private static void wire(StreamExecutionEnvironment environment, JobDataflow flow) {
        DataStream<Decoded> observations =
                environment
                        .fromSource(
                                new NumberSequenceSource(0, OBSERVATIONS - 1),
                                WatermarkStrategy.noWatermarks(),
                                "numbers")
                        .map(new Observations(), DecodedSerializer.TYPE)
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Decoded>forMonotonousTimestamps()
                                        .withTimestampAssigner((decoded, any) -> time(decoded)));
        flow.from(observations)
                .forecasts()
                .map(new StandingSink(), ForecastSerializer.TYPE)
                .sinkTo(new DiscardingSink<>());
    }

    private static long time(Decoded decoded) {
        return decoded instanceof Decoded.Observed observed
                ? observed.observation().eventTimeMillis()
                : Long.MIN_VALUE;
    }

    /** Observations taken in by the time that none is any more. */
    private static long whenStill() {
        long taken = 0;
        long since = System.nanoTime();
        while (taken == 0 || System.nanoTime() - since < STILL_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
            long now = TAKEN.get();
            if (now != taken) {
                taken = now;
                since = System.nanoTime();
            }
        }
        return taken;
    }
}
