package io.tickformer.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class PlanKubernetesTest {
    private static final long MEBIBYTE = 1L << 20;

    @ParameterizedTest
    @CsvSource({"1, 3600, 0", "100000, 1, 0", "2000000, 1, 65536", "100000000, 900, 0"})
    void aTaskManagerHasRoomForItsShareAsFlinkDividesItsMemory(
            long series, long tickSeconds, long cacheMebibytes) {
        FleetInputs inputs = inputs(series, tickSeconds, cacheMebibytes);
        FleetNeeds needs = FleetPlanner.plan(inputs);

        Map<?, ?> spec = (Map<?, ?>) yaml(new PlanKubernetes(inputs, needs).yaml()).get("spec");
        Configuration flink = new Configuration();
        ((Map<?, ?>) spec.get("flinkConfiguration"))
                .forEach((key, value) -> flink.setString((String) key, String.valueOf(value)));
        // The operator makes this of the resource.
        flink.set(
                TaskManagerOptions.TOTAL_PROCESS_MEMORY,
                MemorySize.parse((String) resource(spec).get("memory")));
        TaskExecutorProcessSpec process = TaskExecutorProcessUtils.processSpecFromConfig(flink);

        long taskManagers = needs.compute().taskManagers();
        assertThat(process.getTaskHeapSize().getBytes() * taskManagers)
                .isGreaterThanOrEqualTo(2 * needs.stateBytes());
        assertThat(process.getManagedMemorySize().getBytes() * taskManagers)
                .isGreaterThanOrEqualTo(needs.compute().cacheBytes());
        assertThat(process.getTaskOffHeapSize().getBytes()).isEqualTo(256 * MEBIBYTE);
        assertThat(((Map<?, ?>) spec.get("job")).get("parallelism"))
                .isEqualTo((int) needs.compute().slots());
        assertThat(process.getNumSlots() * taskManagers)
                .isGreaterThanOrEqualTo(needs.compute().slots());
        assertThat(resource(spec).get("cpu")).isEqualTo(process.getNumSlots());
    }

    @ParameterizedTest
    @CsvSource({"100000, false", "100000000, true"})
    void aStateThatIsTooLargeForAHeapIsSaidToBe(long series, boolean tooLarge) {
        FleetInputs inputs = inputs(series, 900, 0);
        String yaml = new PlanKubernetes(inputs, FleetPlanner.plan(inputs)).yaml();
        assertThat(yaml.contains("set checkpoint.state-backend to rocksdb")).isEqualTo(tooLarge);
    }

    private static FleetInputs inputs(long series, long tickSeconds, long cacheMebibytes) {
        return new FleetInputs(
                series,
                Duration.ofSeconds(tickSeconds),
                1,
                1,
                new FleetInputs.ContextCosts(12, 150, 20, 147_456, 26_000),
                cacheMebibytes == 0 ? FleetInputs.ROOM_FOR_ALL : cacheMebibytes * MEBIBYTE,
                4,
                0,
                0.6,
                Duration.ofSeconds(10),
                60,
                2_700,
                10_000_000);
    }

    private static Map<?, ?> resource(Map<?, ?> spec) {
        return (Map<?, ?>) ((Map<?, ?>) spec.get("taskManager")).get("resource");
    }

    private static Map<String, Object> yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }
}
