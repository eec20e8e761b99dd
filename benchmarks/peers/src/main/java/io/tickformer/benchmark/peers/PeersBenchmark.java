package io.tickformer.benchmark.peers;

import ai.djl.engine.Engine;

import io.tickformer.lab.bench.BenchModel;
import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.event.TickPiece;
import io.tickformer.flow.ForecastPipeline;
import io.tickformer.operator.ForecastSerializer;
import io.tickformer.operator.TickPieceSerializer;
import io.tickformer.spec.ForecastSpec;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One exported model in three Flink jobs over the same ticks, made in memory: called once for each
 * record by ONNX Runtime and by DJL, and run by Tickformer's operator. One subtask and one thread of
 * the model each, one job after the other. Arguments: {@code --json --seconds=N --series=N}.
 */
public final class PeersBenchmark {
    private static final double NANOS = 1e9;
    private static final double NANOS_A_MICRO = 1e3;
    private static final double TOLERANCE = 1e-4;
    private static final long STACK_BYTES = 64L << 20;

    private final int series;
    private final int seconds;
    private final boolean json;
    private double expectedSum = Double.NaN;

    private PeersBenchmark(int series, int seconds, boolean json) {
        this.series = series;
        this.seconds = seconds;
        this.json = json;
    }

    public static void main(String[] arguments) throws Exception {
        // DJL reports its use to its makers unless it is told not to.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.onnxruntime.num_threads", "1");
        System.setProperty("ai.djl.onnxruntime.num_interop_threads", "1");
        boolean json = false;
        int seconds = 10;
        int series = 100;
        for (String argument : arguments) {
            if (argument.equals("--json")) {
                json = true;
            } else if (argument.startsWith("--seconds=")) {
                seconds = Integer.parseInt(argument.substring("--seconds=".length()));
            } else if (argument.startsWith("--series=")) {
                series = Integer.parseInt(argument.substring("--series=".length()));
            } else {
                System.err.println(
                        "error: unknown argument "
                                + argument
                                + "; expected --json, --seconds=N or --series=N");
                System.exit(2);
            }
        }
        new PeersBenchmark(series, seconds, json).run();
        // ONNX Runtime and DJL leave threads behind that are no daemons.
        System.exit(0);
    }

    private void run() throws Exception {
        ForecastSpec spec = BenchModel.STREAMING.spec();
        byte[] model = BenchModel.STREAMING.onnx();
        loadDjl();
        Path file = Files.write(Files.createTempFile("tickformer-peers-", ".onnx"), model);
        try {
            Map<String, Function<KeyedStream<TickPiece, String>, SingleOutputStreamOperator<Forecast>>>
                    variants = new LinkedHashMap<>();
            variants.put(
                    "onnxruntime-per-record",
                    ticks -> ticks.map(new OnnxRuntimeMap(model, spec), ForecastSerializer.TYPE));
            variants.put(
                    "djl-per-record",
                    ticks -> ticks.map(new DjlMap(file, spec), ForecastSerializer.TYPE));
            variants.put(
                    "tickformer",
                    ticks -> ForecastPipeline.of(model).forecastTicks(ticks));
            if (!json) {
                System.out.printf(
                        "%-24s %14s %18s %18s%n",
                        "variant", "forecasts/s", "CPU, µs/forecast", "times the first");
            }
            double first = 0;
            for (Map.Entry<
                            String,
                            Function<
                                    KeyedStream<TickPiece, String>,
                                    SingleOutputStreamOperator<Forecast>>>
                    variant : variants.entrySet()) {
                Measured measured = measure(variant.getValue());
                first = first == 0 ? measured.forecastsPerSecond() : first;
                print(variant.getKey(), measured, measured.forecastsPerSecond() / first);
            }
        } finally {
            Files.delete(file);
        }
    }

    /**
     * Loads ONNX Runtime by way of DJL, which insists on being first, and on a deeper stack than that
     * of a Flink task: ONNX Runtime 1.29 needs it in a process with a long command line.
     */
    private static void loadDjl() throws InterruptedException {
        Thread loader =
                new Thread(null, () -> Engine.getEngine("OnnxRuntime"), "load-djl", STACK_BYTES);
        loader.start();
        loader.join();
    }

    private record Measured(double forecastsPerSecond, double cpuMicrosPerForecast) {}

    private Measured measure(
            Function<KeyedStream<TickPiece, String>, SingleOutputStreamOperator<Forecast>> variant)
            throws Exception {
        Tally.reset();
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        int keys = series;
        long tickMillis = BenchModel.STREAMING.spec().tickMillis();
        KeyedStream<TickPiece, String> ticks =
                environment
                        .fromSequence(0, Long.MAX_VALUE)
                        .map(number -> tick(number, keys, tickMillis), TickPieceSerializer.TYPE)
                        .keyBy(TickPiece::series, Types.STRING);
        variant.apply(ticks)
                .map(new Tally(), ForecastSerializer.TYPE)
                .sinkTo(new DiscardingSink<>());
        JobClient job = environment.executeAsync("peers");
        try {
            while (Tally.forecasts() < Tally.COMPARED) {
                requireRunning(job);
                TimeUnit.MILLISECONDS.sleep(10);
            }
            requireSameForecasts();
            // Warm-up.
            TimeUnit.MILLISECONDS.sleep(500L * seconds);
            long forecasts = Tally.forecasts();
            long cpu = cpuNanos();
            long start = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double more = Tally.forecasts() - forecasts;
            double nanos = System.nanoTime() - start;
            return new Measured(more / nanos * NANOS, (cpuNanos() - cpu) / NANOS_A_MICRO / more);
        } finally {
            if (!job.getJobExecutionResult().isDone()) {
                job.cancel().get();
                job.getJobExecutionResult().handle((any, failure) -> null).get();
            }
        }
    }

    private static void requireRunning(JobClient job) throws Exception {
        if (job.getJobExecutionResult().isDone()) {
            job.getJobExecutionResult().get();
        }
    }

    /** All variants compute the same, or the comparison is worth nothing. */
    private void requireSameForecasts() {
        double sum = Tally.sum();
        if (!Double.isNaN(expectedSum)
                && !(Math.abs(sum - expectedSum) <= TOLERANCE * Math.abs(expectedSum))) {
            throw new IllegalStateException(
                    "the first %d forecasts add up to %s; expected %s as of the first variant"
                            .formatted(Tally.COMPARED, sum, expectedSum));
        }
        expectedSum = sum;
    }

    private static TickPiece tick(long number, int series, long tickMillis) {
        long index = number / series;
        int key = (int) (number % series);
        double value = 100 + 10 * Math.sin((index + key) * 2 * Math.PI / 24) + number % 7;
        return TickPiece.ended(
                new Tick("series-" + key, index, value), (index + 1) * tickMillis - 1);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private void print(String variant, Measured measured, double ratio) {
        System.out.printf(
                Locale.ROOT,
                json
                        ? "{\"variant\":\"%s\",\"forecastsPerSecond\":%.1f,"
                                + "\"cpuMicrosPerForecast\":%.2f,\"timesTheFirst\":%.2f}%n"
                        : "%-24s %,14.0f %18.1f %18.1f%n",
                variant,
                measured.forecastsPerSecond(),
                measured.cpuMicrosPerForecast(),
                ratio);
    }
}
