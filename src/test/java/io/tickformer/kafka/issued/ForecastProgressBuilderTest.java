package io.tickformer.kafka.issued;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.kafka.Forecasts;
import io.tickformer.kafka.encode.ForecastAvro;
import io.tickformer.kafka.encode.ForecastIdentity;
import io.tickformer.kafka.encode.ForecastJson;
import io.tickformer.kafka.registry.UndecodableException;
import io.tickformer.spec.Channels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What the newest part of a topic of forecasts says about how far a job has come. */
final class ForecastProgressBuilderTest {
    private static final long MINUTE = 60_000;

    private long offset;

    private ConsumerRecord<byte[], byte[]> record(long time, String json) {
        return new ConsumerRecord<>(
                "out",
                0,
                offset++,
                time,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                json == null ? null : json.getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }

    private ConsumerRecord<byte[], byte[]> forecast(long time, String series, long tick) {
        return record(
                time,
                "{\"series\":\"%s\",\"tick_index\":%d,\"tick_time\":1,\"tick_millis\":60000}"
                        .formatted(series, tick));
    }

    @Test
    void theNewestTickOfEachSeriesCountsInWhateverOrderTheyCome() {
        ForecastProgressBuilder builder = new ForecastProgressBuilder(MINUTE, each -> each);
        builder.add(forecast(1, "a", 7));
        builder.add(forecast(2, "b", 3));
        builder.add(forecast(3, "a", 9));
        builder.add(forecast(4, "a", 8));

        ForecastProgress issued = builder.result(true, 1_000);
        assertThat(issued.newest()).isEqualTo(Map.of("a", 9L, "b", 3L));
        assertThat(issued.isWhole()).isTrue();
        assertThat(issued.firstTick()).isEqualTo(3);
        assertThat(issued.oldestTick()).isEqualTo(7);
        assertThat(issued.records()).isEqualTo(4);
        assertThat(issued.foreign()).isZero();
    }

    @Test
    void channelsOfARecordCountAsTheRecord() {
        Channels channels = new Channels(List.of("kw", "volt"));
        ForecastProgressBuilder builder = new ForecastProgressBuilder(MINUTE, channels::keyOf);
        builder.add(forecast(1, "m/1/kw", 7));
        builder.add(forecast(2, "m/1/volt", 8));
        builder.add(forecast(3, "m/1/amp", 9));

        assertThat(builder.result(true, 1_000).newest()).isEqualTo(Map.of("m/1", 8L));
        assertThat(builder.result(true, 1_000).foreign()).isEqualTo(1);
    }

    @Test
    void recordsThatAreNoForecastsOfSuchTicksAreLeftAsideAndCounted() {
        ForecastProgressBuilder builder = new ForecastProgressBuilder(MINUTE, each -> each);
        builder.add(record(1, null));
        builder.add(record(2, ""));
        builder.add(record(3, "no JSON"));
        builder.add(record(4, "[1, 2]"));
        builder.add(record(5, "{\"series\":\"a\",\"tick_index\":\"7\",\"tick_millis\":60000}"));
        builder.add(record(6, "{\"series\":\"a\",\"tick_index\":7,\"tick_millis\":3600000}"));
        builder.add(record(7, "\u0000\u0000\u0000\u0000\u0001\u007f"));
        builder.add(record(8, "{\"series\":\"a\",\"tick_index\":99999999999999999999"));

        ForecastProgress issued = builder.result(true, 1_000);
        assertThat(issued.newest()).isEmpty();
        assertThat(issued.foreign()).isEqualTo(8);
        assertThat(issued.behindTick()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatTheLastSeriesHaveComeToLeavesOutTheSilentOnesAndOneClockYearsBehind() {
        ForecastProgressBuilder builder = new ForecastProgressBuilder(MINUTE, each -> each);
        builder.add(forecast(1_000, "silent", 5));
        for (int series = 0; series < 20; series++) {
            builder.add(forecast(90_000, "s" + series, 100 + series));
        }
        builder.add(forecast(90_001, "years behind", -500_000));

        assertThat(builder.result(false, 30_000).behindTick()).isEqualTo(101);
    }

    @Test
    void theKeyOfAForecastIsReadFromBothForms() throws Exception {
        ForecastIdentity expected = new ForecastIdentity("käse/1", 472_000, 3_600_000);

        assertThat(ForecastIdentity.read(ForecastJson.encode(Forecasts.one()))).isEqualTo(expected);
        assertThat(ForecastIdentity.read(new ForecastAvro(7).encode(Forecasts.one())))
                .isEqualTo(expected);
        byte[] cut = new byte[12];
        System.arraycopy(new ForecastAvro(7).encode(Forecasts.one()), 0, cut, 0, cut.length);
        assertThatThrownBy(() -> ForecastIdentity.read(cut))
                .isInstanceOf(UndecodableException.class);
    }
}
