package io.tickformer.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.TestSpecs;
import org.junit.jupiter.api.Test;

final class ModelMetadataTest {
    private static final ForecastSpec SPEC = TestSpecs.vanilla(60_000, 96, 24, 2, 32, 4, 64);
    private static final ModelMetadata FINE_TUNED =
            new ModelMetadata(SPEC, "meters", "c9702dbc8558", "data", "0.1.0", "universal 1");

    @Test
    void anotherSpecChangesNothingElse() {
        ForecastSpec other = SPEC.withTickMillis(1_000);

        ModelMetadata changed = FINE_TUNED.withSpec(other);

        assertThat(changed.spec()).isEqualTo(other);
        assertThat(changed.withSpec(SPEC)).isEqualTo(FINE_TUNED);
    }

    @Test
    void metadataComesBackFromItsProperties() {
        assertThat(ModelMetadata.fromProperties(FINE_TUNED.toProperties())).contains(FINE_TUNED);
    }
}
