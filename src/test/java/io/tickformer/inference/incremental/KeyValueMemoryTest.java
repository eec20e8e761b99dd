package io.tickformer.inference.incremental;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.inference.runtime.BufferAllocator;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.model.CacheLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyValueMemoryTest {
    /** Two layers of two heads, three tokens of eight floats each. */
    private static final CacheLayout LAYOUT = new CacheLayout(2, 2, 3, 8);

    private static final int PHASES = 4;

    /** Keys and values of two layers, four phases of 192 bytes each. */
    private static final long SERIES_BYTES = 2 * 2 * 4 * 192;

    private final List<Integer> given = new ArrayList<>();

    private KeyValueMemory memory(long bytes) {
        return memory(LAYOUT, bytes);
    }

    /** Keeps account of what is asked for and gives next to nothing. */
    private KeyValueMemory memory(CacheLayout layout, long bytes) {
        BufferAllocator counting =
                asked -> {
                    given.add(asked);
                    return ByteBuffer.allocateDirect(0);
                };
        return new KeyValueMemory(layout, PHASES, new CacheOptions(bytes, counting));
    }

    @Test
    void thereAreAsManySlotsAsTheBytesSufficeFor() {
        assertThat(KeyValueMemory.seriesBytes(LAYOUT, PHASES)).isEqualTo(SERIES_BYTES);
        assertThat(memory(5 * SERIES_BYTES).entries()).isEqualTo(5);
        assertThat(memory(6 * SERIES_BYTES - 1).entries()).isEqualTo(5);
    }

    @Test
    void noMoreIsTakenThanWholeSeriesNeed() {
        memory(6 * SERIES_BYTES - 1);

        assertThat(given).hasSize(4).containsOnly(5 * PHASES * 192);
    }

    @Test
    void aBudgetBelowOneSeriesTakesNothing() {
        assertThat(memory(SERIES_BYTES - 1).entries()).isZero();
        assertThat(memory(0).entries()).isZero();
        assertThat(given).isEmpty();
    }

    @Test
    void noBufferGrowsBeyondWhatOneCanHold() {
        KeyValueMemory memory = memory(1L << 50);

        assertThat(memory.entries()).isEqualTo(Integer.MAX_VALUE / (PHASES * 192));
        assertThat(given).hasSize(4).allMatch(bytes -> bytes > 0);
        assertThat((memory.buffer(memory.entries() - 1, PHASES - 1) + 1) * 192)
                .isEqualTo(given.get(0))
                .isPositive();
    }

    @Test
    void aSeriesThatNoBufferCanHoldHasNoSlot() {
        CacheLayout huge = new CacheLayout(1, 64, 4096, 4096);

        assertThat(memory(huge, 1L << 50).entries()).isZero();
        assertThat(given).isEmpty();
    }

    @Test
    void theEntriesOfAPhaseLieInTheOrderOfTheSlots() {
        KeyValueMemory memory = memory(5 * SERIES_BYTES);

        assertThat(memory.buffer(0, 0)).isZero();
        assertThat(memory.buffer(1, 0)).isEqualTo(1);
        assertThat(memory.buffer(0, 1)).isEqualTo(5);
        assertThat(memory.buffer(4, 3)).isEqualTo(5 * PHASES - 1);
    }

    @Test
    void entriesInARowAreATensorOverTheMemoryItself() {
        KeyValueMemory memory =
                new KeyValueMemory(LAYOUT, PHASES, CacheOptions.direct(5 * SERIES_BYTES));
        memory.keys(1).putFloat(7 * 192, 3);
        memory.values(1).putFloat(7 * 192, 4);

        try (HostTensor keys = memory.keys(1, 7, 2);
                HostTensor values = memory.values(1, 7, 2)) {
            assertThat(keys.shape()).containsExactly(2, 2, 3, 8);
            assertThat(keys.floats().get(0)).isEqualTo(3);
            assertThat(values.floats().get(0)).isEqualTo(4);
            keys.floats().put(48, 5);
            assertThat(memory.keys(1).getFloat(8 * 192)).isEqualTo(5);
        }
    }

    @Test
    void aNegativeBudgetIsRefused() {
        assertThatThrownBy(() -> CacheOptions.direct(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the cache has -1 bytes; expected zero or more");
    }

    @Test
    void directMemoryIsInNativeOrder() {
        ByteBuffer buffer = CacheOptions.direct(8).allocator().allocate(8);

        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.order()).isEqualTo(java.nio.ByteOrder.nativeOrder());
        assertThat(buffer.capacity()).isEqualTo(8);
    }
}
