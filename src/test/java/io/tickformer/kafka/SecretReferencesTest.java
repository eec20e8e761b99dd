package io.tickformer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistryAccess;
import io.tickformer.kafka.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretReferencesTest {
    @TempDir private Path folder;

    @Test
    void aReferenceStandsForAVariableOrForWhatAFileHolds() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "two\nlines$1\\\r\n\n");
        String path = System.getenv("PATH");
        assertThat(SecretReferences.resolve("a${env:PATH}b")).isEqualTo("a" + path + "b");
        assertThat(SecretReferences.resolve("${file:%s}, ${file:%s}".formatted(file, file)))
                .isEqualTo("two\nlines$1\\, two\nlines$1\\");
        assertThat(SecretReferences.resolve("$PATH ${PATH} ${other:x}"))
                .isEqualTo("$PATH ${PATH} ${other:x}");
    }

    @Test
    void whatAFileHoldsIsNoReferenceItself() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "${env:PATH}");
        assertThat(SecretReferences.resolve("${file:%s}".formatted(file))).isEqualTo("${env:PATH}");
    }

    @Test
    void aReferenceThatStandsForNothingIsSaidToBeOne() throws IOException {
        assertThatThrownBy(() -> SecretReferences.resolve("${env:NO_SUCH_VARIABLE}"))
                .isInstanceOf(SecretReferenceException.class)
                .hasMessageContaining("${env:NO_SUCH_VARIABLE}")
                .hasMessageContaining("there is no such environment variable");
        assertThatThrownBy(() -> SecretReferences.resolve("${file:/nowhere/secret}"))
                .isInstanceOf(SecretReferenceException.class)
                .hasMessageContaining("${file:/nowhere/secret}")
                .hasMessageContaining("there is no such file");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});
        assertThatThrownBy(() -> SecretReferences.resolve("${file:%s}".formatted(binary)))
                .isInstanceOf(SecretReferenceException.class)
                .hasMessageContaining("it is not UTF-8 text");
    }

    @Test
    void kafkasClientsResolveReferencesThemselves() throws IOException {
        Path file = Files.writeString(folder.resolve("a:b"), "hush\n");
        KafkaConnection connection =
                new KafkaConnection(
                        "localhost:1", Map.of("ssl.key.password", "${file:%s}".formatted(file)));

        Properties properties = connection.clientProperties();

        // What travels with a job is the reference.
        assertThat(properties.toString()).doesNotContain("hush");
        Password password = new AdminClientConfig(properties).getPassword("ssl.key.password");
        assertThat(password.value()).isEqualTo("hush");
    }

    @Test
    void aClientIsNotMadeWithAReferenceForAPassword() {
        KafkaConnection connection =
                new KafkaConnection(
                        "localhost:1", Map.of("ssl.key.password", "${env:NO_SUCH_VARIABLE}"));
        assertThatThrownBy(() -> new TopicAdmin(connection, Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot create a client for the brokers at localhost:1")
                .hasMessageContaining("${env:NO_SUCH_VARIABLE} cannot be resolved");
    }

    @Test
    void providersOfTheUsersOwnAreLeftAlone() {
        KafkaConnection connection =
                new KafkaConnection(
                        "localhost:1",
                        Map.of("config.providers", "env", "a.password", "${env:NAME}"));
        assertThat(connection.clientProperties())
                .containsEntry("config.providers", "env")
                .doesNotContainKey("config.providers.env.class");
    }

    @Test
    void nothingPrintsASecret() {
        KafkaConnection connection =
                new KafkaConnection(
                        "localhost:1",
                        Map.of(
                                "sasl.jaas.config", "hush",
                                "ssl.keystore.key", "hush",
                                "my.own.api-key", "hush",
                                "client.rack", "a"));
        RegistryAccess access =
                new RegistryAccess("me:hush", "", Map.of("ssl.truststore.password", "hush"));
        RegistrySettings settings =
                new RegistrySettings(
                        java.net.URI.create("http://localhost"),
                        Duration.ofSeconds(1),
                        1,
                        Duration.ZERO,
                        access);
        assertThat(connection.toString()).doesNotContain("hush").contains("client.rack=a");
        assertThat(OutputFormat.avro(settings).toString()).doesNotContain("hush");
    }

    @Test
    void anAddressWithAPasswordIsRefusedAndNotQuoted() {
        assertThatThrownBy(
                        () -> RegistrySettings.of(java.net.URI.create("https://me:hush@localhost")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("registry.credentials")
                .hasMessageNotContaining("hush");
    }

    @Test
    void kafkaSaysWhichOfItsPropertiesAreSecret() {
        assertThat(SecretMasking.isSecret("sasl.jaas.config")).isTrue();
        assertThat(SecretMasking.isSecret("ssl.keystore.key")).isTrue();
        assertThat(SecretMasking.isSecret("schema.api.key")).isTrue();
        assertThat(SecretMasking.isSecret("ssl.keystore.location")).isFalse();
        assertThat(SecretMasking.isSecret("sasl.oauthbearer.token.endpoint.url")).isFalse();
    }
}
