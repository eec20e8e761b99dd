package io.tickformer.kafka.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.kafka.CheckedDecoder;
import io.tickformer.kafka.RecordSizeLimit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.record.TimestampType;

final class DeadLetterRecordSerializerPropertyTest {
    private final DeadLetterRecordSerializer records =
            new DeadLetterRecordSerializer("dead", CheckedDecoder.CLOCK);

    @Property(tries = 200)
    void aDeadLetterIsReadFromItsTopicAsItWas(
            @ForAll("headers") List<OriginalHeader> headers,
            @ForAll DeadLetterReason reason,
            @ForAll long timestamp,
            @ForAll byte[] key,
            @ForAll boolean bare) {
        DeadLetter letter =
                new DeadLetter(
                        reason,
                        "why: \u00e9",
                        "in",
                        3,
                        99,
                        timestamp,
                        "CreateTime",
                        bare ? null : key,
                        bare ? key : null,
                        headers);
        ProducerRecord<byte[], byte[]> written = records.record(letter, RecordSizeLimit.DEFAULT);
        assertThat(written.headers().lastHeader(DeadLetterRecordSerializer.CUT)).isNull();
        assertThat(DeadLetterHeaders.letter(read(written))).contains(letter);
    }

    @Property(tries = 200)
    void aRecordThatIsPutBackCarriesItsOwnHeadersWhereItFirstStoodAndHowOften(
            @ForAll("headers") List<OriginalHeader> headers,
            @ForAll @IntRange(min = 1, max = 4) int times) {
        List<OriginalHeader> now = headers;
        for (int i = 0; i < times; i++) {
            // It fails again elsewhere each time.
            DeadLetter letter =
                    new DeadLetter(
                            DeadLetterReason.NO_KEY,
                            "",
                            i == 0 ? "in" : "elsewhere",
                            3,
                            99 + i,
                            -1,
                            "CreateTime",
                            null,
                            null,
                            now);
            DeadLetter stored =
                    DeadLetterHeaders.letter(read(records.record(letter, RecordSizeLimit.DEFAULT)))
                            .orElseThrow();
            now = DeadLetterHeaders.putBack(stored);
        }
        assertThat(now.subList(0, headers.size())).isEqualTo(headers);
        assertThat(now.subList(headers.size(), now.size()))
                .containsExactly(
                        DeadLetterHeaders.text("replayed-from", "in-3@99"),
                        DeadLetterHeaders.text("replayed-times", Integer.toString(times)));
        assertThat(DeadLetterHeaders.replays(now)).isEqualTo(times);
    }

    /** Incompressible bytes of any size: what producer and broker measure stays below the limit. */
    @Property(tries = 60)
    void whateverItsSizeADeadLetterFitsIntoItsTopicAndBeginsAsItsOriginal(
            @ForAll @IntRange(min = 0, max = 1_200_000) int keyBytes,
            @ForAll @IntRange(min = 0, max = 2_000_000) int valueBytes,
            @ForAll @IntRange(min = 0, max = 300) int headers,
            @ForAll @IntRange(min = 4_096, max = 3_000_000) int limit,
            @ForAll long seed) {
        Random random = new Random(seed);
        byte[] key = new byte[keyBytes];
        byte[] value = new byte[valueBytes];
        random.nextBytes(key);
        random.nextBytes(value);
        List<OriginalHeader> originals =
                IntStream.range(0, headers)
                        .mapToObj(i -> new OriginalHeader("h" + i, new byte[1000]))
                        .toList();
        DeadLetter letter =
                new DeadLetter(
                        DeadLetterReason.UNDECODABLE,
                        "why",
                        "in",
                        3,
                        99,
                        -1,
                        "CreateTime",
                        key,
                        value,
                        originals);
        ProducerRecord<byte[], byte[]> written = records.record(letter, limit);
        assertThat(
                        AbstractRecords.estimateSizeInBytesUpperBound(
                                RecordBatch.CURRENT_MAGIC_VALUE,
                                CompressionType.LZ4,
                                written.key(),
                                written.value(),
                                written.headers().toArray()))
                .isLessThanOrEqualTo(limit);
        assertThat(
                        MemoryRecords.withRecords(
                                        Compression.lz4().build(),
                                        new SimpleRecord(
                                                0,
                                                written.key(),
                                                written.value(),
                                                written.headers().toArray()))
                                .sizeInBytes())
                .isLessThanOrEqualTo(limit);
        assertThat(key).startsWith(written.key());
        assertThat(value).startsWith(written.value());
        boolean cut = written.headers().lastHeader(DeadLetterRecordSerializer.CUT) != null;
        DeadLetter read = DeadLetterHeaders.letter(read(written)).orElseThrow();
        assertThat(read.equals(letter)).isEqualTo(!cut);
    }

    @Provide
    Arbitrary<List<OriginalHeader>> headers() {
        Arbitrary<String> names =
                Arbitraries.of(
                        "trace-id",
                        "dead-letter-reason",
                        "dead-letter-put-back",
                        "original-dead-letter-reason",
                        "original-original-dead-letter-x",
                        "original-",
                        "dead-letter",
                        "",
                        "\n");
        Arbitrary<byte[]> values =
                Arbitraries.strings()
                        .ofMaxLength(10)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .injectNull(0.2);
        return names.flatMap(name -> values.map(value -> new OriginalHeader(name, value)))
                .list()
                .ofMaxSize(6);
    }

    private static ConsumerRecord<byte[], byte[]> read(ProducerRecord<byte[], byte[]> written) {
        Headers headers = written.headers();
        return new ConsumerRecord<>(
                "dead",
                0,
                5,
                written.timestamp(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                written.key(),
                written.value(),
                headers,
                Optional.empty());
    }
}
