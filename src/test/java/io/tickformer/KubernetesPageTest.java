package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.testing.KubernetesClasses;
import io.tickformer.testing.Manifests;
import io.tickformer.testing.OperatorSchema;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds docs/kubernetes.md to the manifests, the image and the command that it names. */
class KubernetesPageTest {
    private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Pattern FOLDER = Pattern.compile("docker/kubernetes/(\\w+)");

    private String page;

    @BeforeEach
    void read() throws IOException {
        page = Repository.read("docs/kubernetes.md");
    }

    @Test
    void everyFolderThatItNamesIsThere() throws IOException {
        List<String> folders =
                FOLDER.matcher(page).results().map(found -> found.group(1)).distinct().toList();
        assertThat(folders).containsExactlyInAnyOrder("application", "session", "development");
        folders.forEach(
                each ->
                        assertThat(Manifests.folder().resolve(each))
                                .isDirectoryContaining("glob:**/kustomization.yaml"));
        assertThat(page)
                .contains("`v2_3`")
                .contains(
                        "docker build -f docker/Dockerfile -t tickformer:"
                                + Repository.pomProperties().get("project.version"));
    }

    @Test
    void everyCommandIsOneOfThoseThatAreChecked() {
        List<String> commands = commands();
        assertThat(commands)
                .hasSizeGreaterThan(8)
                .allSatisfy(
                        each ->
                                assertThat(each)
                                        .matches("(docker build|kubectl|bin/tickformer plan) .*"));
        for (String each : commands) {
            if (each.startsWith("bin/tickformer ")) {
                String[] arguments =
                        each.substring("bin/tickformer ".length(), each.indexOf(" > "))
                                .split(" ", -1);
                assertThat(TickformerCommand.commandLine().parseArgs(arguments).subcommand())
                        .isNotNull();
            }
        }
    }

    @Test
    void theSecretsAreThoseThatTheDeploymentAndItsSettingsReferTo() throws IOException {
        String deployment = Manifests.resource("application/deployment.yaml").toString();
        String settings = Repository.read("docker/kubernetes/application/job.yaml");
        int secrets = 0;
        Pattern create = Pattern.compile("create secret generic (\\S+)((?: --from-file=\\S+)+)");
        Matcher found = create.matcher(page);
        while (found.find()) {
            secrets++;
            assertThat(deployment).contains("\"" + found.group(1) + "\"");
            for (String key : found.group(2).trim().split("\\s*--from-file=", -1)) {
                assertThat(deployment + settings).contains(key);
            }
        }
        assertThat(secrets).isEqualTo(2);
    }

    @Test
    void everyPatchFitsTheDeployment() throws IOException {
        List<JsonNode> patches = new ArrayList<>();
        Pattern inCommand = Pattern.compile("--patch '(\\{.*})'");
        for (String each : commands()) {
            Matcher patch = inCommand.matcher(each);
            if (patch.find()) {
                patches.add(new ObjectMapper().readTree(patch.group(1)));
            }
        }
        JsonNode overlay = overlay();
        for (JsonNode each : overlay.get("patches")) {
            if (each.has("patch")) {
                patches.add(Manifests.read(each.get("patch").asText()).get(0));
            }
        }
        assertThat(patches).hasSize(3);
        for (JsonNode each : patches) {
            JsonNode patched = Manifests.resource("application/deployment.yaml");
            merge((ObjectNode) patched, each);
            assertThat(KubernetesClasses.read(patched)).isNotNull();
            assertThat(OperatorSchema.of("FlinkDeployment").objections(patched)).isEmpty();
        }
        // A place that the deployment does not have would be a second one.
        JsonNode flink =
                Manifests.resource("application/deployment.yaml").at("/spec/flinkConfiguration");
        patches.get(2)
                .at("/spec/flinkConfiguration")
                .fieldNames()
                .forEachRemaining(place -> assertThat(flink.has(place)).as(place).isTrue());
    }

    @Test
    void theOverlayChangesWhatTheDeploymentHas() throws IOException {
        JsonNode overlay = overlay();
        String application = Repository.read("docker/kubernetes/application/kustomization.yaml");
        assertThat(application)
                .contains("newName: " + overlay.at("/images/0/name").asText() + "\n")
                .contains("- name: " + overlay.at("/configMapGenerator/0/name").asText() + "\n");
        assertThat(overlay.at("/resources/0").asText())
                .isEqualTo("../docker/kubernetes/application");
    }

    @Test
    void theFiguresAndNamesThatItRepeatsAreThoseOfTheManifests() throws IOException {
        String deployment = Repository.read("docker/kubernetes/application/deployment.yaml");
        String policy = Repository.read("docker/kubernetes/application/network-policy.yaml");
        assertThat(page).contains("60 %");
        assertThat(deployment).contains("target.utilization: \"0.6\"");
        for (String word :
                List.of("flink-operator", "monitoring", "kafka", "8081", "9249", "443")) {
            assertThat(page).contains(word);
            assertThat(policy).contains(": " + word + "\n");
        }
        for (String word : List.of("upgradeMode: savepoint", "/run/secrets/tickformer")) {
            assertThat(page).contains(word);
            assertThat(deployment).contains(word);
        }
    }

    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        COMMANDS.matcher(page)
                .results()
                .forEach(block -> block.group(1).lines().forEach(commands::add));
        return commands;
    }

    private JsonNode overlay() throws IOException {
        Matcher first = YAML.matcher(page);
        assertThat(first.find()).isTrue();
        return Manifests.read(first.group(1)).get(0);
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (field.getValue().isObject() && target.path(field.getKey()).isObject()) {
                merge((ObjectNode) target.get(field.getKey()), field.getValue());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        }
    }
}
