package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a tick reads and writes of a context that lies in a store. */
final class ContextStoreTest {
    /** As of a model of 888 ticks whose frames look back by 300. */
    private static final int RING = 1_188;

    private static final int MOST_BYTES = 400;
    private static final int MINUTE = 60_000;

    private static SeriesContext open(MemoryStore store) {
        return SeriesContext.open(store, RING, EmptyTickPolicy.MISSING)
                .orElseGet(() -> new SeriesContext(RING));
    }

    private static MemoryStore full(int ticks) {
        MemoryStore store = new MemoryStore();
        SeriesContext context = new SeriesContext(RING);
        for (int tick = 0; tick < ticks; tick++) {
            context.update(tick, tick);
        }
        context.writeTo(store);
        store.resetCounts();
        return store;
    }

    @Test
    void aTickWritesAtMostFourHundredBytesWhateverItsReadings() {
        MemoryStore store = new MemoryStore();
        Random random = new Random(5);
        int most = 0;
        long sum = 0;
        int ticks = 2 * RING;
        for (int tick = 0; tick < ticks; tick++) {
            store.resetCounts();
            SeriesContext context = open(store);
            TickAccumulator piece = new TickAccumulator(1);
            for (int reading = random.nextInt(20); reading >= 0; reading--) {
                piece.add(0, tick * (long) MINUTE + reading, random.nextGaussian());
            }
            context.merge(tick, piece, TickAggregate.MEAN, MINUTE);
            context.writeTo(store);
            assertThat(store.blocksWritten()).isEqualTo(1);
            most = Math.max(most, store.bytesWritten());
            sum += store.bytesWritten();
        }
        assertThat(most).isLessThanOrEqualTo(MOST_BYTES);
        assertThat(sum / ticks).isLessThan(MOST_BYTES * 2 / 3);
    }

    @Test
    void aTickReadsItsBlockAloneAndTheNextOldestWhenABlockLeaves() {
        MemoryStore store = full(RING + 7);
        int most = 0;
        int read = 0;
        for (int tick = RING + 7; tick < RING + 7 + 320; tick++) {
            store.resetCounts();
            SeriesContext context = open(store);
            context.update(tick, tick);
            assertThat(context.observedTicks()).isEqualTo(RING);
            assertThat(context.lastObserved()).isEqualTo(tick);
            context.writeTo(store);
            most = Math.max(most, store.blocksRead());
            read += store.blocksRead();
        }

        assertThat(most).isLessThanOrEqualTo(2);
        // Of the new tick's block 31 times in 32, and of the next oldest once.
        assertThat(read).isLessThanOrEqualTo(320);
    }

    @Test
    void theNewestTicksReadTheirBlocksAlone() {
        MemoryStore store = full(RING);
        SeriesContext context = open(store);

        context.copyNewest(0, new double[64]);

        assertThat(store.blocksRead()).isLessThanOrEqualTo(3);
        context.valueAt(0);
        context.valueAt(1);
        assertThat(store.blocksRead()).isLessThanOrEqualTo(4);
    }

    @Test
    void aLateTickWritesTwoBlocksAtMost() {
        MemoryStore store = full(RING);
        SeriesContext context = open(store);

        context.update(5, 7);
        context.update(RING, 8);
        context.writeTo(store);

        assertThat(store.blocksWritten()).isEqualTo(2);
        assertThat(open(store).valueAt(5)).isEqualTo(7);
    }

    @Test
    void aBlockThatHasLeftTheRingIsRemoved() {
        MemoryStore store = full(RING);
        int atFirst = store.size();
        for (int tick = RING; tick < 4 * RING; tick++) {
            SeriesContext context = open(store);
            context.update(tick, tick);
            context.writeTo(store);
            assertThat(store.size()).isBetween(atFirst - 1, atFirst + 1);
        }
        SeriesContext context = open(store);
        context.update(9 * RING, 1);
        context.writeTo(store);

        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void aContextThatEmptiesLeavesItsHeadAlone() {
        MemoryStore store = full(RING);
        SeriesContext context = open(store);
        context.advanceTo(3 * RING);
        context.writeTo(store);

        assertThat(store.size()).isZero();
        assertThat(open(store).isEmpty()).isTrue();
    }

    @Test
    void anotherRingReadsTheSameBlocks() {
        MemoryStore store = full(RING + 40);
        SeriesContext shorter =
                SeriesContext.open(store, 100, EmptyTickPolicy.MISSING).orElseThrow();
        assertThat(shorter.observedTicks()).isEqualTo(100);
        assertThat(shorter.spans(RING)).isTrue();
        shorter.update(RING + 40, 1);
        shorter.writeTo(store);

        SeriesContext longer =
                SeriesContext.open(store, 500, EmptyTickPolicy.MISSING).orElseThrow();

        assertThat(longer.spans(100)).isTrue();
        assertThat(longer.spans(150)).isFalse();
        assertThat(longer.observedTicks()).isBetween(100, 132);
        assertThat(longer.valueAt(RING - 20)).isEqualTo(RING - 20);
    }
}
