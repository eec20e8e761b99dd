package io.tickformer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.InputLayout;
import io.tickformer.kafka.encode.ObservationCodec;
import io.tickformer.kafka.registry.Schemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Good records among bad ones: each good one counts, each bad one is one dead letter. */
final class BadRecordsPropertyTest {
    private static final int SCHEMA_ID = 1;

    @Property(tries = 30)
    void aMixGivesExactlyTheGoodObservationsAndOneDeadLetterForEachBadRecord(
            @ForAll long seed, @ForAll boolean avro) throws IOException {
        Random random = new Random(seed);
        List<BadRecord> kinds = avro ? BadRecord.avro(SCHEMA_ID) : BadRecord.json();
        CheckedDecoder door =
                avro
                        ? CheckedDecoder.avro(
                                InputLayout.ofObservations(),
                                id -> id == SCHEMA_ID ? Schemas.observation() : null)
                        : CheckedDecoder.json(InputLayout.ofObservations());
        List<Observation> good = new ArrayList<>();
        List<BadRecord> bad = new ArrayList<>();
        List<Observation> observed = new ArrayList<>();
        List<DeadLetter> letters = new ArrayList<>();
        for (int offset = 0; offset < 100; offset++) {
            byte[] value;
            if (random.nextBoolean()) {
                good.add(observation(random));
                Observation last = good.get(good.size() - 1);
                value = avro ? ObservationCodec.avro(last, SCHEMA_ID) : ObservationCodec.json(last);
            } else {
                bad.add(kinds.get(random.nextInt(kinds.size())));
                value = bad.get(bad.size() - 1).value();
            }
            for (Decoded decoded :
                    door.decode(new ConsumerRecord<>("in", 0, offset, null, value))) {
                if (decoded instanceof Decoded.Observed one) {
                    observed.add(one.observation());
                } else if (decoded instanceof Decoded.Rejected one) {
                    letters.add(one.deadLetter());
                }
            }
        }
        assertThat(observed).isEqualTo(good);
        assertThat(letters)
                .extracting(DeadLetter::reason)
                .isEqualTo(bad.stream().map(BadRecord::reason).toList());
        assertThat(letters)
                .extracting(DeadLetter::value)
                .isEqualTo(bad.stream().map(BadRecord::value).toList());
    }

    /** Times out of order and twice, and values at the edges of what a double is. */
    private static Observation observation(Random random) {
        double[] edges = {0, -0.0, Double.MIN_VALUE, -Double.MIN_NORMAL, 1e30, -1e30, 1e9};
        long[] times = {0, 1, 1500, 1_700_000_000_000L, CheckedDecoder.CLOCK.millis() + 3_600_000};
        return new Observation(
                "series " + random.nextInt(5),
                times[random.nextInt(times.length)],
                edges[random.nextInt(edges.length)]);
    }

    @Property(tries = 500)
    void aGoodFrameOfWhichBytesAreChangedIsDecodedOrADeadLetter(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int changes,
            @ForAll boolean avro)
            throws IOException {
        Random random = new Random(seed);
        Observation observation = observation(random);
        byte[] value =
                avro
                        ? ObservationCodec.avro(observation, SCHEMA_ID)
                        : ObservationCodec.json(observation);
        for (int i = 0; i < changes; i++) {
            value[random.nextInt(value.length)] = (byte) random.nextInt();
        }
        CheckedDecoder door =
                avro
                        ? CheckedDecoder.avro(
                                InputLayout.ofObservations(), id -> Schemas.observation())
                        : CheckedDecoder.json(InputLayout.ofObservations());
        assertThat(door.decode(value)).hasSizeLessThanOrEqualTo(1);
    }
}
