package io.tickformer.kafka.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.process.RegistryProcess;
import io.tickformer.testing.SharedServers;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against a real registry. */
@Timeout(600)
final class ApicurioIT {
    @Test
    void schemasAreRegisteredOnceAndFoundById() throws Exception {
        RegistryProcess registry = SharedServers.registry();
        RegistrySettings settings = RegistrySettings.of(URI.create(registry.url()));
        SchemaRegistryClient client = new SchemaRegistryClient(settings);
        int forecast = client.register("apicurio-out-value", Schemas.forecast());
        int observation = client.register("apicurio-late-value", Schemas.observation());
        assertThat(client.register("apicurio-out-value", Schemas.forecast())).isEqualTo(forecast);
        assertThat(observation).isNotEqualTo(forecast);

        SchemaRegistryClient another = new SchemaRegistryClient(settings);
        assertThat(another.schema(forecast)).isEqualTo(Schemas.forecast());
        assertThat(another.schema(observation)).isEqualTo(Schemas.observation());
        assertThatThrownBy(() -> another.schema(1_000_000))
                .isInstanceOf(UnknownSchemaException.class);
    }
}
