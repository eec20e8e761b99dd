package io.tickformer.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChaosStreamTest {
    private static final int SERIES = 30;
    private static final int PARTITIONS = 4;
    private static final int LONGEST_SILENCE = 90;
    private static final int TICKS = 400;

    private final ChaosStream stream = stream(5);
    private final List<ChaosStream.Sent> sent = all(stream);

    @Test
    void theSameSeedGivesTheSameEvents() {
        assertThat(all(stream(5))).isEqualTo(sent);
        assertThat(all(stream(6))).isNotEqualTo(sent);
    }

    @Test
    void everyKeyHasAnEventAndEveryEventAKey() {
        Set<SeriesTick> observed = new HashSet<>();
        for (ChaosStream.Sent each : sent) {
            if (!isEnd(each.observation())) {
                observed.add(key(each.observation()));
            }
        }
        assertThat(stream.keys()).isEqualTo(observed);
        assertThat(stream.ticks()).isEqualTo(TICKS);
    }

    @Test
    void eventsComeInDisorderButNoneIsLateInItsPartition() {
        long[] latest = new long[PARTITIONS];
        Arrays.fill(latest, Long.MIN_VALUE);
        long greatest = 0;
        for (ChaosStream.Sent each : sent) {
            long time = each.observation().eventTimeMillis();
            if (latest[each.partition()] != Long.MIN_VALUE) {
                greatest = Math.max(greatest, latest[each.partition()] - time);
            }
            latest[each.partition()] = Math.max(latest[each.partition()], time);
        }
        assertThat(greatest)
                .isGreaterThan(2 * ChaosStream.TICK_MILLIS)
                .isLessThanOrEqualTo(ChaosStream.OUT_OF_ORDERNESS);
    }

    @Test
    void seriesMissTicksAndFallSilentForLongerThanAContext() {
        Map<String, Long> latest = new HashMap<>();
        long longest = 0;
        for (SeriesTick each : stream.keys().stream().sorted(ChaosStreamTest::byTick).toList()) {
            Long before = latest.put(each.series(), each.tick());
            longest = Math.max(longest, before == null ? 0 : each.tick() - before);
        }
        assertThat(longest).isGreaterThan(LONGEST_SILENCE / 2);
        assertThat(stream.keys()).hasSizeLessThan(SERIES * TICKS * 97 / 100);
    }

    @Test
    void theEndClosesEveryTickInEveryPartition() {
        long last = stream.keys().stream().mapToLong(SeriesTick::tick).max().orElseThrow();
        long[] latest = new long[PARTITIONS];
        for (ChaosStream.Sent each : sent) {
            latest[each.partition()] =
                    Math.max(latest[each.partition()], each.observation().eventTimeMillis());
        }
        for (long time : latest) {
            assertThat(time - ChaosStream.OUT_OF_ORDERNESS - 1)
                    .isGreaterThanOrEqualTo((last + 1) * ChaosStream.TICK_MILLIS - 1);
        }
    }

    private static int byTick(SeriesTick left, SeriesTick right) {
        return Long.compare(left.tick(), right.tick());
    }

    private static boolean isEnd(Observation observation) {
        return observation.series().startsWith("end-");
    }

    private static SeriesTick key(Observation observation) {
        return new SeriesTick(
                observation.series(),
                Tick.indexOf(observation.eventTimeMillis(), ChaosStream.TICK_MILLIS));
    }

    private static ChaosStream stream(long seed) {
        return new ChaosStream(seed, SERIES, PARTITIONS, LONGEST_SILENCE);
    }

    private static List<ChaosStream.Sent> all(ChaosStream stream) {
        List<ChaosStream.Sent> all = new ArrayList<>();
        for (int i = 0; i < TICKS; i++) {
            all.addAll(stream.next());
        }
        all.addAll(stream.closing());
        return all;
    }
}
