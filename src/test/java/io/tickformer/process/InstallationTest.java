package io.tickformer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class InstallationTest {
    @Test
    void theProjectOfAnInstallationIsItsCheckoutOrTheInstallationItself() {
        Path built = Path.of("/somewhere/checkout/target/tickformer");
        Path unpacked = Path.of("/opt/tickformer-1");

        assertThat(new Installation(built).project()).isEqualTo(Path.of("/somewhere/checkout"));
        assertThat(new Installation(unpacked).project()).isEqualTo(unpacked);
    }
}
