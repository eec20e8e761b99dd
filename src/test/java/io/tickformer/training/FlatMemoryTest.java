package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestSpecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlatMemoryTest {
    private static final int STEPS = 10_000;
    private static final int SETTLED = 2_000;

    /** A step that kept its state, 10 KiB, would take 80 MiB from one look to the other. */
    private static final long MARGIN_BYTES = 48L << 20;

    @TempDir private Path directory;

    /**
     * What the process holds.
     *
     * @param direct bytes of direct buffers, which tensors are made of
     * @param resident bytes of memory, native memory included; 0 where the system does not tell
     */
    private record Memory(long direct, long resident) {
        static Memory now() {
            touchTheHeap();
            System.gc();
            long direct = 0;
            for (BufferPoolMXBean pool :
                    ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
                direct += pool.getMemoryUsed();
            }
            return new Memory(direct, residentBytes());
        }

        /** So that the heap's own pages, which fill up slowly, are there at the first look, too. */
        private static void touchTheHeap() {
            long touched = 0;
            while (touched < Runtime.getRuntime().totalMemory()) {
                touched += new byte[1 << 20].length;
            }
        }

        private static long residentBytes() {
            Path status = Path.of("/proc/self/status");
            if (!Files.exists(status)) {
                return 0;
            }
            try {
                for (String line : Files.readAllLines(status)) {
                    if (line.startsWith("VmRSS:")) {
                        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return 0;
        }
    }

    @Test
    void tenThousandStepsTakeNoMoreMemoryThanTwoThousand() throws IOException {
        ForecastSpec spec = TestSpecs.streaming(Histories.HOUR, 2, 2, 2, 1, 8, 1, 16);
        TrainingSettings settings =
                TrainingSettings.builder()
                        .steps(STEPS)
                        .batch(1)
                        .learningRate(1e-3)
                        .warmUpSteps(0)
                        .optimiser(OptimiserSettings.DEFAULT.withAverageDecay(0.99))
                        .seed(1)
                        .validation(
                                ValidationSettings.builder()
                                        .share(0.2)
                                        .windows(8)
                                        .every(500)
                                        .patience(100)
                                        .build())
                        .snapshotEvery(1000)
                        .build();
        List<Memory> looks = new ArrayList<>();
        new Trainer(
                        progress -> {
                            if (progress.step() == SETTLED || progress.step() == STEPS) {
                                looks.add(Memory.now());
                            }
                        })
                .train(
                        TrainingPlan.builder()
                                .history(Histories.sines(1, 200))
                                .spec(spec)
                                .settings(settings)
                                .runner(RunnerOptions.SERVING)
                                .output(directory.resolve("m.onnx"))
                                .build());

        Memory settled = looks.get(0);
        Memory last = looks.get(1);
        assertThat(last.direct()).isLessThanOrEqualTo(settled.direct() + (1 << 20));
        assertThat(last.resident()).isLessThanOrEqualTo(settled.resident() + MARGIN_BYTES);
    }
}
