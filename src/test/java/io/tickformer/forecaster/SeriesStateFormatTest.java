package io.tickformer.forecaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.UnknownFormatException;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.testing.Repository;
import io.tickformer.testing.TestModels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The state of a series as programs keep it: its bytes are read, and still written. */
final class SeriesStateFormatTest {
    private static final long TICK = TestModels.STREAMING.tickMillis();

    private static SeriesEngine engine() {
        return SeriesEngine.open(
                TestModels.transformer(TestModels.STREAMING, 77),
                null,
                ExecutionProvider.CPU,
                // The numbers in the feedback depend on the processor; their form has golden files.
                SeriesOptions.DEFAULT
                        .withOutOfOrderness(Duration.ofMinutes(1))
                        .withSilence(0, 2)
                        .withFeedback(FeedbackSettings.NONE),
                FeedbackListener.NONE);
    }

    /** A series with a context, a tick that is gathered, and one that is behind the watermark. */
    private static SeriesForecaster series(SeriesEngine engine) {
        SeriesForecaster series = new SeriesForecaster("s", engine);
        for (long tick = 100; tick < 140; tick++) {
            series.observe(tick * TICK + 7, (double) (tick % 5));
            series.advanceTo(tick * TICK - 1);
        }
        series.advanceTo(141 * TICK);
        series.observe(140 * TICK + 5, 8);
        series.observe(142 * TICK + 5, 9);
        return series;
    }

    private static byte[] golden() throws IOException {
        String hex = Repository.read("src/test/resources/state/0.1.0/series/series-1.hex");
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static byte[] bytes(SeriesForecaster series) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        series.writeTo(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static SeriesForecaster read(byte[] bytes, SeriesEngine engine) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        SeriesForecaster series = SeriesForecaster.readFrom(in, "s", engine);
        assertThat(in.available()).isZero();
        return series;
    }

    @Test
    void theBytesOfASeriesAreReadAndStillWritten() throws IOException {
        try (SeriesEngine engine = engine()) {
            assertThat(bytes(series(engine))).isEqualTo(golden());
            SeriesForecaster read = read(golden(), engine);
            assertThat(bytes(read)).isEqualTo(golden());
            List<Forecast> forecasts = read.advanceTo(143 * TICK);

            assertThat(forecasts).isEqualTo(series(engine).advanceTo(143 * TICK));
            assertThat(forecasts).extracting(Forecast::tickIndex).contains(142L);
        }
    }

    @Test
    void unknownVersionsAreRefused() throws IOException {
        byte[] later = golden();
        later[0] = 2;
        try (SeriesEngine engine = engine()) {
            assertThatThrownBy(() -> read(later, engine))
                    .isInstanceOf(UnknownFormatException.class)
                    .hasMessageContaining("the state of a series has format version 2; expected 1");
        }
    }
}
