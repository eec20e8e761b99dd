package io.tickformer.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpillBufferTest {
    private static final int MANY = 50_000;

    @Test
    void whatOutgrowsTheMemoryIsReadBackAsItWas() {
        try (SpillBuffer buffer = new SpillBuffer(1)) {
            for (int i = 0; i < MANY; i++) {
                buffer.append(i * 31L);
            }
            assertThat(buffer.isOnDisk()).isTrue();
            assertThat(buffer.size()).isEqualTo(MANY);
            for (int i = 0; i < MANY; i += 997) {
                assertThat(buffer.get(i)).isEqualTo(i * 31L);
            }
            long[] across = new long[30_000];
            buffer.read(5_000, across, 10, 29_990);
            for (int i = 10; i < across.length; i++) {
                assertThat(across[i]).isEqualTo((5_000L + i - 10) * 31);
            }
        }
    }

    @Test
    void blocksOfNumbersLieOneAfterTheOther() {
        try (SpillBuffer buffer = new SpillBuffer(2)) {
            long[] block = new long[7_000];
            for (int k = 0; k < 10; k++) {
                java.util.Arrays.fill(block, k);
                assertThat(buffer.append(block, block.length)).isEqualTo(k * 7_000L);
            }
            for (int k = 0; k < 10; k++) {
                assertThat(buffer.get(k * 7_000L)).isEqualTo(k);
                assertThat(buffer.get(k * 7_000L + 6_999)).isEqualTo(k);
            }
        }
    }

    @Test
    void aHistoryOnDiskIsTheHistoryInMemory() {
        try (History small = filled(new SpillBuffer());
                History large = filled(new SpillBuffer(1))) {
            assertThat(large.fingerprint()).isEqualTo(small.fingerprint());
            assertThat(large.summaries()).isEqualTo(small.summaries());
            assertThat(large.series()).isEqualTo(small.series());
            assertThat(TickLengthDetector.detect(large))
                    .isEqualTo(TickLengthDetector.detect(small));
            assertThat(large.ticks(TickDefinition.of(5_000, TickAggregate.MEAN)))
                    .isEqualTo(small.ticks(TickDefinition.of(5_000, TickAggregate.MEAN)));
        }
    }

    @Test
    void whatWasKnownBeforeATimeIsAHistoryOfThatAlone() {
        try (History whole = filled(new SpillBuffer(1));
                HistoryBuilder early = new HistoryBuilder()) {
            History before = whole.before(1_000_000);
            for (SeriesHistory one : whole.series()) {
                for (int i = 0; i < one.values().length; i++) {
                    if (one.eventTimeMillis()[i] < 1_000_000) {
                        early.add(one.series(), one.eventTimeMillis()[i], one.values()[i]);
                    }
                }
            }
            try (History expected = early.build("early")) {
                assertThat(before.fingerprint()).isEqualTo(expected.fingerprint());
                assertThat(before.summaries()).isEqualTo(expected.summaries());
            }
        }
    }

    /** Thirty interleaved series, one of them with times that go back. */
    private static History filled(SpillBuffer buffer) {
        SplittableRandom random = new SplittableRandom(1);
        try (HistoryBuilder builder = new HistoryBuilder(buffer)) {
            for (int i = 0; i < MANY; i++) {
                int series = random.nextInt(30);
                long jitter = series == 7 ? random.nextInt(100_000) : 0;
                builder.add("s" + series, i * 100L - jitter + 100_000, random.nextDouble());
            }
            return builder.build("filled");
        }
    }
}
