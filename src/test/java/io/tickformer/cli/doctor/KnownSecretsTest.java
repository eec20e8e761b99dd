package io.tickformer.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownSecretsTest {
    @Test
    void aPasswordIsHiddenWhereverItIsQuoted(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "from-a-file\n");
        KnownSecrets secrets =
                new KnownSecrets(
                        Map.of(
                                "kafka.properties.sasl.jaas.config",
                                "org.example.Login required username=\"u\" password=\"hunter2\";",
                                "kafka.properties.ssl.keystore.password",
                                "${file:" + file + "}",
                                "registry.credentials",
                                "reader:swordfish",
                                "sink.topic",
                                "forecasts"));

        assertThat(secrets.apply("hunter2, from-a-file and swordfish at //me:pw@host"))
                .isEqualTo("[hidden], [hidden] and [hidden] at //[hidden]@host");
        assertThat(secrets.apply("topic forecasts")).isEqualTo("topic forecasts");
    }
}
