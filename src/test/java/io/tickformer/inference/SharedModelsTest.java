package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.testing.TestModels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class SharedModelsTest {
    private static final byte[] MODEL = TestModels.transformer(TestModels.STREAMING, 21);
    private static final byte[] OTHER = TestModels.transformer(TestModels.STREAMING, 22);

    private static void forecast(ForecastModel model) {
        SeriesContext context = SeriesContext.of(model.spec());
        context.update(0, 1);
        try (MicroBatch batch = model.newMicroBatch(1, ForecastSelection.ALL)) {
            batch.add(context);
            batch.run();
            assertThat(batch.forecast(0, "s").mean()).isNotEmpty();
        }
    }

    @Test
    void equalBytesShareOneSessionUntilTheLastLeaseIsClosed() {
        int before = SharedModels.open();
        SharedModels.Lease first = SharedModels.acquire(MODEL, null, ExecutionProvider.CPU);
        SharedModels.Lease second =
                SharedModels.acquire(MODEL.clone(), null, ExecutionProvider.CPU);
        assertThat(second.model()).isSameAs(first.model());
        assertThat(SharedModels.open()).isEqualTo(before + 1);

        first.close();
        first.close();
        forecast(second.model());
        second.close();

        assertThat(SharedModels.open()).isEqualTo(before);
        assertThatThrownBy(() -> forecast(second.model()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aModelThatWasClosedIsOpenedAnew() {
        SharedModels.Lease first = SharedModels.acquire(MODEL, null, ExecutionProvider.CPU);
        first.close();

        try (SharedModels.Lease again = SharedModels.acquire(MODEL, null, ExecutionProvider.CPU)) {
            assertThat(again.model()).isNotSameAs(first.model());
            forecast(again.model());
        }
    }

    @Test
    void otherBytesAreAnotherModel() {
        try (SharedModels.Lease one = SharedModels.acquire(MODEL, null, ExecutionProvider.CPU);
                SharedModels.Lease two = SharedModels.acquire(OTHER, null, ExecutionProvider.CPU)) {
            assertThat(one.model()).isNotSameAs(two.model());
        }
    }

    @Test
    void aFailureToOpenLeavesNothingBehind() {
        int before = SharedModels.open();
        byte[] broken = "no model".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> SharedModels.acquire(broken, null, ExecutionProvider.CPU))
                .isInstanceOf(InferenceException.class);

        assertThat(SharedModels.open()).isEqualTo(before);
    }

    @Test
    @Timeout(60)
    void manyThreadsMayAcquireUseAndReleaseAtOnce() throws Exception {
        int before = SharedModels.open();
        Callable<Void> work =
                () -> {
                    for (int i = 0; i < 20; i++) {
                        try (SharedModels.Lease lease =
                                SharedModels.acquire(MODEL, null, ExecutionProvider.CPU)) {
                            forecast(lease.model());
                        }
                    }
                    return null;
                };
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                running.add(threads.submit(work));
            }
            for (Future<Void> each : running) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(SharedModels.open()).isEqualTo(before);
    }
}
