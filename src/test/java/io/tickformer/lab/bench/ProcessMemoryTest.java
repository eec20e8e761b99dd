package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
    @Test
    void residentMemoryIsReadFromLinuxsAccount() {
        String status = "Name:\tjava\nVmPeak:\t  9 kB\nVmRSS:\t  2048 kB\nThreads:\t1\n";

        assertThat(ProcessMemory.residentMiB(status)).isEqualTo(2);
        assertThat(ProcessMemory.residentMiB("Name:\tjava\n")).isNaN();
    }

    @Test
    void theHeapOfThisProcessHoldsSomething() {
        assertThat(ProcessMemory.heapMiB()).isPositive();
    }
}
