package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.SecretReferenceProvider;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where secrets come from, and where they are not to be seen. */
@Timeout(120)
final class SecretSettingsTest {
    @TempDir private Path folder;

    private static Map<String, String> needed() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap-servers", "localhost:9092");
        settings.put("registry.url", "https://localhost");
        settings.put("model.path", "m.onnx");
        return settings;
    }

    private static Map<String, String> needed(String name, String value) {
        Map<String, String> settings = needed();
        settings.put(name, value);
        return settings;
    }

    @Test
    void referencesAreResolvedAtOnceButForThoseOfSecretsAndOfKafka() throws IOException {
        Path file = Files.writeString(folder.resolve("value"), "hush\n");
        String reference = "${file:%s}".formatted(file);
        Map<String, String> given = needed("sink.topic", reference);
        given.put("registry.credentials", "me:" + reference);
        given.put("kafka.properties.ssl.key.password", reference);
        given.put("flink.s3.secret-key", reference);

        JobSettings settings = JobSettings.of(given);

        assertThat(settings.get(SinkOptions.TOPIC)).isEqualTo("hush");
        assertThat(settings.flink().toMap()).containsEntry("s3.secret-key", "hush");
        assertThat(settings.get(RegistryOptions.CREDENTIALS)).isEqualTo("me:" + reference);
        KafkaConnection kafka = JobConnections.kafka(settings);
        assertThat(kafka.properties()).containsEntry("ssl.key.password", reference);
    }

    @Test
    void theJobGraphHoldsTheReferencesAndNotWhatTheyStandFor() throws Exception {
        Path file = Files.writeString(folder.resolve("value"), "hush\n");
        String reference = "${file:%s}".formatted(file);
        Map<String, String> given = needed("kafka.properties.ssl.key.password", reference);
        given.put("registry.token", reference);
        given.put("registry.ssl.key.password", "written-out");
        Path model = Files.write(folder.resolve("m.onnx"), TestModels.streaming());
        given.put("model.path", model.toString());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();

        ForecastJob.wire(environment, JobSettings.of(given));

        JobGraph graph = environment.getStreamGraph().getJobGraph();
        String bytes =
                new String(InstantiationUtil.serializeObject(graph), StandardCharsets.ISO_8859_1);
        assertThat(bytes)
                .contains(reference, SecretReferenceProvider.OfFiles.class.getName())
                .contains("written-out")
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.credentials",
                "registry.token",
                "registry.ssl.truststore.password",
                "registry.ssl.key.password",
                "kafka.properties.sasl.jaas.config",
                "kafka.properties.ssl.keystore.key",
                "kafka.properties.my.password",
                "flink.s3.secret-key"
            })
    void aSecretOnTheCommandLineMustBeAReference(String name) throws IOException {
        Path config = folder.resolve("job.yaml");
        StringBuilder yaml = new StringBuilder();
        needed().forEach((key, value) -> yaml.append(key + ": " + value + "\n"));
        Files.writeString(config, yaml);
        assertThatThrownBy(() -> JobSettings.parse("--config=" + config, "--" + name, "hush"))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("--" + name + " is a secret")
                .hasMessageContaining("${env:NAME}")
                .hasMessageNotContaining("hush");
        assertThat(JobSettings.parse("--config=" + config, "--" + name, "${env:PATH}")).isNotNull();
        Files.writeString(config, yaml + name + ": hush\n");
        assertThat(JobSettings.parse("--config=" + config)).isNotNull();
    }

    @Test
    void whatIsGivenByAReferenceIsShownAsThatReference() throws IOException {
        Path file = Files.writeString(folder.resolve("value"), "hush");
        String reference = "${file:%s}".formatted(file);
        assertThatThrownBy(() -> JobSettings.of(needed("tick.length", reference)))
                .hasMessageContaining("tick.length is '%s'; expected".formatted(reference))
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> JobSettings.of(needed("registry.url", reference)))
                .hasMessageContaining("registry.url is %s; expected".formatted(reference))
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> JobSettings.of(needed("sink.topic", "${env:NO_SUCH_VARIABLE}")))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("sink.topic: ${env:NO_SUCH_VARIABLE} cannot be resolved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:hush@localhost",
                "https://me:hu sh@localhost",
                "https://me:hush/word@localhost",
                "https://me:12/hush@localhost",
                "ftp://hush@x"
            })
    void anAddressWithAPasswordIsRefusedAndNotQuoted(String url) {
        assertThatThrownBy(() -> JobSettings.of(needed("registry.url", url)))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("registry.url is ")
                .hasMessageContaining("[hidden]@")
                .hasMessageNotContaining("hush")
                .hasMessageNotContaining("hu sh");
    }

    @Test
    void aTokenAndAPasswordAreNotBothGiven() {
        Map<String, String> settings = needed("registry.token", "hush");
        settings.put("registry.credentials", "me:hush");
        assertThatThrownBy(() -> JobSettings.of(settings))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("registry.token is [hidden]; expected only one of")
                .hasMessageNotContaining("hush");
    }

    @Test
    void aPieceOfASettingThatWasNotQuotedForTheShellIsNotToldBack() {
        assertThatThrownBy(
                        () ->
                                JobSettings.parse(
                                        "--kafka.properties.sasl.jaas.config",
                                        "Module",
                                        "required",
                                        "password=\"hush\";"))
                .isInstanceOf(OptionException.class)
                .hasMessageNotContaining("hush");
    }

    @Test
    void everyOptionWhoseNameSaysSoIsMarkedSecret() {
        assertThat(OptionCatalogue.all().values())
                .filteredOn(option -> option.key().matches(".*(password|credentials|token)"))
                .isNotEmpty()
                .allMatch(OptionDescriptor::secret);
    }
}
