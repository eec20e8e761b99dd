package io.tickformer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickformer.model.Networks;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.SpecException;
import io.tickformer.spec.SpecJson;
import java.nio.charset.StandardCharsets;

final class SpecJsonFuzzTest {
    @FuzzTest
    void everySpecIsReadAsItIsWrittenOrRefused(byte[] json) {
        ForecastSpec spec;
        try {
            spec = SpecJson.read(new String(json, StandardCharsets.UTF_8));
            if (spec.architecture() instanceof NetworkArchitecture) {
                assertThat(Networks.of(spec).layout().size()).isPositive();
            }
        } catch (SpecException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(SpecJson.read(SpecJson.write(spec))).isEqualTo(spec);
    }
}
