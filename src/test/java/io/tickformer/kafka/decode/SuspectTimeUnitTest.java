package io.tickformer.kafka.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SuspectTimeUnitTest {
    private static final long WRITTEN = Instant.parse("2026-11-29T12:00:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({
        "SECONDS, MILLIS, 1970-01-21T18:52:33Z",
        "SECONDS, MICROS, 1970-01-01T00:29:55Z",
        "SECONDS, NANOS, 1970-01-01T00:00:01Z",
        "MILLIS, MICROS, 1970-01-21T18:52:33Z",
        "MILLIS, NANOS, 1970-01-01T00:29:55Z",
        "MICROS, NANOS, 1970-01-21T18:52:33Z",
        "MILLIS, SECONDS, 9999-12-31T23:59:59Z",
        "NANOS, MILLIS, 9999-12-31T23:59:59Z"
    })
    void aNumberInOneUnitThatIsReadInAnotherFitsItsOwn(
            EpochUnit own, EpochUnit read, Instant readAs) {
        double number = WRITTEN / own.toMillis(1_000_000_000.0) * 1e9;
        assertThat(SuspectTimeUnit.about(number, read, WRITTEN))
                .hasValueSatisfying(
                        doubt -> {
                            assertThat(doubt.fitting()).isEqualTo(own);
                            assertThat(Instant.ofEpochSecond(doubt.eventTimeMillis() / 1_000))
                                    .isEqualTo(readAs);
                            assertThat(doubt.writtenMillis()).isEqualTo(WRITTEN);
                        });
    }

    @ParameterizedTest
    @EnumSource(EpochUnit.class)
    void anArchiveThatIsReadYearsLaterIsNotInDoubt(EpochUnit unit) {
        for (int year = 1970; year <= 2026; year++) {
            double millis = Instant.parse(year + "-06-01T00:00:00Z").toEpochMilli();
            double number = millis / unit.toMillis(1_000_000_000.0) * 1e9;
            assertThat(SuspectTimeUnit.about(number, unit, WRITTEN)).isEmpty();
        }
    }

    @Test
    void aNumberThatFitsInNoUnitIsNotInDoubt() {
        assertThat(SuspectTimeUnit.about(12, EpochUnit.MILLIS, WRITTEN)).isEmpty();
        assertThat(SuspectTimeUnit.about(-1.8e9, EpochUnit.MILLIS, WRITTEN)).isEmpty();
        assertThat(SuspectTimeUnit.about(Double.NaN, EpochUnit.MILLIS, WRITTEN)).isEmpty();
        assertThat(SuspectTimeUnit.about(1e300, EpochUnit.SECONDS, WRITTEN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MILLIS, 1780315200, true",
        "MILLIS, \"1780315200\", true",
        "MILLIS, 1467331200000, false",
        "MILLIS, \"2016-07-01\", false",
        "MILLIS, \"1970-01-21\", false",
        "SECONDS, 1780315200000, true",
        "MICROS, 1780315200000, true",
        "MILLIS, true, false"
    })
    void aTimeThatFitsInAnotherUnitIsInDoubtWhetherItIsReadOrNot(
            EpochUnit unit, String time, boolean isInDoubt) throws Exception {
        InputLayout layout =
                new InputLayout("series", "time", unit, List.of("value"), Duration.ofHours(1));
        RecordDecoder decoder =
                new RecordDecoder(layout, new JsonPayloadReader(), RecordDecoderTest.CLOCK);
        String json = "{'series': 's', 'time': %s, 'value': 1}".formatted(time);
        decoder.decode(record(json), decoded -> {});
        assertThat(decoder.doubt().isPresent()).isEqualTo(isInDoubt);

        decoder.decode(record("{}"), decoded -> {});
        assertThat(decoder.doubt()).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record(String json) {
        return new ConsumerRecord<>(
                "in",
                4,
                42,
                RecordDecoderTest.NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                null,
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }
}
