package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JobResourcesTest {
    @Test
    void whatThreadsOfBeforeAllocateIsNotTheJobs() throws Exception {
        JobResources resources = JobResources.beforeStart();
        byte[][] own = new byte[64][];
        for (int i = 0; i < own.length; i++) {
            own[i] = new byte[1 << 20];
        }
        assertThat(resources.allocatedBytes()).isLessThan(32L << 20);
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        Thread job =
                new Thread(
                        () -> {
                            for (int i = 0; i < own.length; i++) {
                                own[i] = new byte[1 << 20];
                            }
                            allocated.countDown();
                            await(seen);
                        });
        job.start();
        await(allocated);
        assertThat(resources.allocatedBytes()).isGreaterThanOrEqualTo(64L << 20);
        assertThat(own[own.length - 1]).hasSize(1 << 20);
        seen.countDown();
        job.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
