package io.tickformer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.DeadLetterRecordSerializer;
import io.tickformer.kafka.deadletter.OriginalHeader;
import io.tickformer.kafka.describe.RecordContent;
import io.tickformer.kafka.encode.ForecastJson;
import io.tickformer.kafka.encode.ForecastRecordSerializer;
import io.tickformer.kafka.encode.ObservationRecordSerializer;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.sink.RecordTimestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;

final class WrittenRecordsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void aForecastIsKeyedBySeriesAndSaysWhenItWasIssuedInAHeader() throws Exception {
        Forecast forecast = Forecasts.one();
        ForecastRecordSerializer records =
                new ForecastRecordSerializer(
                        "out", OutputFormat.json(), RecordTimestamp.ISSUE_TIME, CLOCK);
        records.open(null, null);
        ProducerRecord<byte[], byte[]> record = records.serialize(forecast, null, 5L);
        assertThat(record.topic()).isEqualTo("out");
        assertThat(record.timestamp()).isEqualTo(NOW.toEpochMilli());
        assertThat(new String(record.key(), UTF_8)).isEqualTo("käse/1");
        assertThat(headers(record)).isEqualTo(Map.of("issued-at", "2026-06-01T12:00:00.123Z"));
        assertThat(ForecastJson.decode(record.value())).isEqualTo(forecast);
    }

    @Test
    void aForecastMayCarryItsTickAsTimestamp() throws Exception {
        ForecastRecordSerializer records =
                new ForecastRecordSerializer(
                        "out", OutputFormat.json(), RecordTimestamp.EVENT_TIME, CLOCK);
        records.open(null, null);
        assertThat(records.serialize(Forecasts.one(), null, 5L).timestamp())
                .isEqualTo(Forecasts.one().tickTimeMillis());
    }

    @Test
    void aLateObservationIsWrittenAsItCame() throws Exception {
        ObservationRecordSerializer records =
                new ObservationRecordSerializer(
                        "late", OutputFormat.json(), RecordTimestamp.EVENT_TIME, CLOCK);
        records.open(null, null);
        ProducerRecord<byte[], byte[]> record =
                records.serialize(new Observation("a", 5, 1.5), null, 9L);
        assertThat(record.timestamp()).isEqualTo(5);
        assertThat(new String(record.key(), UTF_8)).isEqualTo("a");
        assertThat(new String(record.value(), UTF_8))
                .isEqualTo("{\"series\":\"a\",\"event_time\":5,\"value\":1.5}");
    }

    @Test
    void aDeadLetterIsTheOriginalsBytesAndHeadersThatSayWhyAndWhere() {
        byte[] value = {7};
        ProducerRecord<byte[], byte[]> record = letter(null, value);
        assertThat(record.key()).isNull();
        assertThat(record.value()).isEqualTo(value);
        assertThat(record.timestamp()).isEqualTo(NOW.toEpochMilli());
        assertThat(headers(record))
                .isEqualTo(
                        Map.of(
                                "dead-letter-reason", "NOT_FINITE",
                                "dead-letter-detail", "value is NaN",
                                "dead-letter-topic", "in",
                                "dead-letter-partition", "3",
                                "dead-letter-offset", "99",
                                "dead-letter-timestamp", "-1",
                                "dead-letter-timestamp-type", "NoTimestampType"));
    }

    @Test
    void aDeadLetterTooLargeForABrokerIsCutAndSaysSo() {
        ProducerRecord<byte[], byte[]> record = letter(new byte[70_000], new byte[1_000_000]);
        assertThat(record.key()).hasSize(65_536);
        assertThat(record.value()).hasSizeBetween(970_000, 980_000);
        assertThat(headers(record))
                .containsEntry(
                        "dead-letter-cut",
                        "the key had 70000 bytes, the value 1000000, and there were 0 headers");
    }

    @Test
    void aDeadLetterCarriesTheOriginalsHeadersBeforeItsOwn() {
        ProducerRecord<byte[], byte[]> record =
                letter(
                        null,
                        new byte[1],
                        header("trace-id", "abc"),
                        new OriginalHeader("empty", null),
                        header("trace-id", "def"));

        List<OriginalHeader> written = OriginalHeader.of(record.headers());
        assertThat(written.subList(0, 3))
                .containsExactly(
                        header("trace-id", "abc"),
                        new OriginalHeader("empty", null),
                        header("trace-id", "def"));
        assertThat(written.get(3)).isEqualTo(header("dead-letter-reason", "NOT_FINITE"));
        assertThat(written).hasSize(10);
    }

    @Test
    void aDeadLetterThatWasSentAgainKeepsItsEarlierReasonUnderAnotherName() {
        ProducerRecord<byte[], byte[]> record =
                letter(null, new byte[1], header("dead-letter-reason", "NO_KEY"));

        assertThat(headers(record))
                .containsEntry("original-dead-letter-reason", "NO_KEY")
                .containsEntry("dead-letter-reason", "NOT_FINITE");
        assertThat(record.headers().headers("dead-letter-reason")).hasSize(1);
    }

    @Test
    void headersTooLargeForABrokerAreLeftOutAndTheirNumberSaid() {
        ProducerRecord<byte[], byte[]> record =
                letter(
                        new byte[70_000],
                        new byte[1_000_000],
                        header("small", "1"),
                        new OriginalHeader("large", new byte[50_000]),
                        header("later", "2"));

        assertThat(headers(record))
                .containsKey("small")
                .doesNotContainKeys("large", "later")
                .containsEntry(
                        "dead-letter-cut",
                        "the key had 70000 bytes, the value 1000000, and there were 3 headers");
        assertThat(
                        AbstractRecords.estimateSizeInBytesUpperBound(
                                RecordBatch.CURRENT_MAGIC_VALUE,
                                CompressionType.NONE,
                                record.key(),
                                record.value(),
                                record.headers().toArray()))
                .isLessThan(1024 * 1024);
    }

    @Test
    void everyHeaderThatIsWrittenIsDescribed() throws Exception {
        ForecastRecordSerializer records =
                new ForecastRecordSerializer(
                        "out", OutputFormat.json(), RecordTimestamp.ISSUE_TIME, CLOCK);
        records.open(null, null);
        assertThat(described(RecordContent.FORECAST))
                .isEqualTo(headers(records.serialize(Forecasts.one(), null, 5L)).keySet());
        assertThat(described(RecordContent.DEAD_LETTER))
                .isEqualTo(headers(letter(new byte[70_000], new byte[1_000_000])).keySet());
    }

    private static Set<String> described(RecordContent content) {
        Set<String> names = new TreeSet<>();
        content.headers().forEach(header -> names.add(header.name()));
        return names;
    }

    private static OriginalHeader header(String name, String value) {
        return new OriginalHeader(name, value.getBytes(UTF_8));
    }

    private static ProducerRecord<byte[], byte[]> letter(
            byte[] key, byte[] value, OriginalHeader... headers) {
        return new DeadLetterRecordSerializer("dead", CLOCK)
                .serialize(
                        new DeadLetter(
                                DeadLetterReason.NOT_FINITE,
                                "value is NaN",
                                "in",
                                3,
                                99,
                                -1,
                                "NoTimestampType",
                                key,
                                value,
                                List.of(headers)),
                        null,
                        5L);
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }
}
