package com.example;

import io.tickformer.event.Forecast;
import io.tickformer.flow.ForecastPipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink job that forecasts a stream of its own type. */
public final class ForecastAStream {
    private ForecastAStream() {}

    /** A reading as this job knows it. */
    public record Reading(String meter, Instant time, double kilowatts) {}

    /**
     * @param args the model; by default one of the repository, seen from its root
     */
    public static void main(String[] args) throws Exception {
        Path model = Path.of(args.length > 0 ? args[0] : "models/meters.onnx");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        DataStream<Reading> readings = environment.fromData(readings(24 * 30));
        DataStream<Forecast> forecasts =
                ForecastPipeline.open(model)
                        .withOutOfOrderness(Duration.ofMinutes(1))
                        .forecast(
                                readings,
                                Reading::meter,
                                reading -> reading.time().toEpochMilli(),
                                Reading::kilowatts)
                        .forecasts();
        forecasts.map(ForecastAStream::line).print();
        environment.execute("forecasts of meters");
    }

    /** The median of the next tick. */
    private static String line(Forecast forecast) {
        long next = forecast.tickTimeMillis() + forecast.tickMillis();
        double median = forecast.quantile(0, forecast.quantileLevels().length / 2);
        return "%s  %s  median %.2f kW  %s"
                .formatted(
                        forecast.series(), Instant.ofEpochMilli(next), median, forecast.quality());
    }

    /** Readings of two meters, a quarter of an hour apart. */
    private static List<Reading> readings(int hours) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Random random = new Random(1);
        List<Reading> readings = new ArrayList<>();
        for (int quarter = 0; quarter < 4 * hours; quarter++) {
            Instant time = start.plusSeconds(900L * quarter);
            double day = Math.sin(2 * Math.PI * quarter / 96.0);
            readings.add(new Reading("meter-1", time, 3 + day + random.nextGaussian()));
            readings.add(new Reading("meter-2", time, 5 - 2 * day + random.nextGaussian()));
        }
        return readings;
    }
}
