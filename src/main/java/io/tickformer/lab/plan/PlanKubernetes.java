package io.tickformer.lab.plan;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.tickformer.lab.plan.FleetNeeds.Compute;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;

/**
 * A plan as a patch of a FlinkDeployment of the Flink Kubernetes operator: memory, cores and slots
 * of TaskManagers, and the parallelism.
 *
 * <p>The memory of a TaskManager is the sum of what this class asks for and what Flink adds to it:
 *
 * <ul>
 *   <li>Heap: the state of the series with the heap state backend, and the job itself. Contexts and
 *       feedback take 1.35 bytes of heap for each byte in a checkpoint, measured with {@code bench
 *       scaling --state-backend heap} as the difference between 5,000 and 40,000 series. The heap
 *       is half as large again, for the garbage collector.
 *   <li>Managed memory: the cache.
 *   <li>Off-heap memory: the buffers of ONNX Runtime.
 * </ul>
 */
final class PlanKubernetes {
    private static final long MEBIBYTE = 1L << 20;

    /** A heap beyond this pauses for seconds when it is collected. */
    private static final long LARGEST_HEAP = 32_768 * MEBIBYTE;

    private static final double HEAP_PER_STATE_BYTE = 2;
    private static final long HEAP_OF_THE_JOB = 512 * MEBIBYTE;
    private static final long OFF_HEAP = 256 * MEBIBYTE;
    private static final long LEAST_MANAGED = 64 * MEBIBYTE;
    private static final long STEP = 64 * MEBIBYTE;

    private final FleetInputs inputs;
    private final FleetNeeds needs;

    PlanKubernetes(FleetInputs inputs, FleetNeeds needs) {
        this.inputs = inputs;
        this.needs = needs;
    }

    /** The patch as YAML, with what it was computed from as a comment. */
    String yaml() {
        Compute compute = needs.compute();
        long slots = Math.min(inputs.coresPerTaskManager(), compute.slots());
        long memory = processBytes(slots);
        StringBuilder yaml = new StringBuilder();
        line(
                yaml,
                "# %,d series, a tick of %s, %.1f µs with a cache hit and %.1f µs with a miss,",
                inputs.series(),
                PlanText.text(inputs.tick()),
                inputs.costs().stepMicros(),
                inputs.costs().prefillMicros());
        line(
                yaml,
                "# cores busy for %.0f %%: %,d TaskManagers, %,d slots, %s of memory.",
                100 * inputs.utilisation(),
                compute.taskManagers(),
                compute.slots(),
                PlanText.size(memory * compute.taskManagers()));
        if (heapBytes() > LARGEST_HEAP) {
            line(
                    yaml,
                    "# The state is too large for a heap: set checkpoint.state-backend to rocksdb");
            line(yaml, "# in the settings of the job, and lower memory to what remains.");
        }
        line(yaml, "apiVersion: flink.apache.org/v1beta1");
        line(yaml, "kind: FlinkDeployment");
        line(yaml, "metadata:");
        line(yaml, "  name: tickformer");
        line(yaml, "spec:");
        line(yaml, "  flinkConfiguration:");
        line(yaml, "    taskmanager.numberOfTaskSlots: \"%d\"", slots);
        line(yaml, "    taskmanager.memory.managed.size: %s", mebibytes(managedBytes()));
        line(yaml, "    taskmanager.memory.task.off-heap.size: %s", mebibytes(OFF_HEAP));
        line(yaml, "  jobManager:");
        line(yaml, "    resource:");
        line(yaml, "      cpu: 1");
        line(yaml, "      memory: 2048m");
        line(yaml, "  taskManager:");
        line(yaml, "    resource:");
        line(yaml, "      cpu: %d", slots);
        line(yaml, "      memory: %s", mebibytes(memory));
        line(yaml, "  job:");
        line(yaml, "    parallelism: %d", compute.slots());
        return yaml.toString();
    }

    /** The share of the state that a TaskManager holds, in a heap that leaves room. */
    long heapBytes() {
        return HEAP_OF_THE_JOB + (long) Math.ceil(HEAP_PER_STATE_BYTE * share(needs.stateBytes()));
    }

    /** The share of the cache that a TaskManager holds. */
    long managedBytes() {
        return Math.max(LEAST_MANAGED, roundedUp(share(needs.compute().cacheBytes()), MEBIBYTE));
    }

    /** All memory of a TaskManager, as Flink computes it from its parts. */
    private long processBytes(long slots) {
        Configuration parts = new Configuration();
        parts.set(TaskManagerOptions.NUM_TASK_SLOTS, (int) slots);
        parts.set(TaskManagerOptions.TASK_HEAP_MEMORY, new MemorySize(heapBytes()));
        parts.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, new MemorySize(managedBytes()));
        parts.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, new MemorySize(OFF_HEAP));
        return roundedUp(
                TaskExecutorProcessUtils.processSpecFromConfig(parts)
                        .getTotalProcessMemorySize()
                        .getBytes(),
                STEP);
    }

    private long share(long bytes) {
        return FleetInputs.ceilDiv(bytes, needs.compute().taskManagers());
    }

    private static long roundedUp(long bytes, long step) {
        return FleetInputs.ceilDiv(bytes, step) * step;
    }

    private static String mebibytes(long bytes) {
        return bytes / MEBIBYTE + "m";
    }

    @FormatMethod
    private static void line(StringBuilder yaml, @FormatString String format, Object... values) {
        yaml.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
