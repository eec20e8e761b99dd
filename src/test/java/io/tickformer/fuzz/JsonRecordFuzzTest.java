package io.tickformer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickformer.kafka.Decoded;
import io.tickformer.kafka.InputLayout;
import io.tickformer.kafka.ObservationDeserializer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

final class JsonRecordFuzzTest {
    private final ObservationDeserializer decoder =
            ObservationDeserializer.json(InputLayout.ofObservations(), Clock.systemUTC());

    JsonRecordFuzzTest() {
        decoder.open(
                new DeserializationSchema.InitializationContext() {
                    @Override
                    public MetricGroup getMetricGroup() {
                        return new UnregisteredMetricsGroup();
                    }

                    @Override
                    public UserCodeClassLoader getUserCodeClassLoader() {
                        return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
                    }
                });
    }

    @FuzzTest
    void everyRecordIsDecodedOrADeadLetter(byte[] value) throws Exception {
        List<Decoded> decoded = new ArrayList<>();
        decoder.deserialize(
                new ConsumerRecord<>("in", 0, 0, new byte[0], value), new ListCollector<>(decoded));
        assertThat(decoded).hasSizeLessThanOrEqualTo(1);
    }
}
