package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.job.ForecastJob;
import io.tickformer.job.JobSettings;
import io.tickformer.job.KafkaOptions;
import io.tickformer.job.ModelOptions;
import io.tickformer.job.SourceOptions;
import io.tickformer.testing.KubernetesClasses;
import io.tickformer.testing.Manifests;
import io.tickformer.testing.OperatorSchema;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the files under {@code docker/kubernetes} to the classes and schemas of those who read
 * them, to the image and to the job.
 */
final class KubernetesTest {
    private static final String MAIN_CONTAINER = "flink-main-container";

    /** Of the operator and its autoscaler, as their references list them. */
    private static final Set<String> OPTIONS_OF_THE_OPERATOR =
            Set.of(
                    "kubernetes.operator.periodic.savepoint.interval",
                    "kubernetes.operator.savepoint.history.max.age",
                    "kubernetes.operator.savepoint.history.max.count",
                    "kubernetes.operator.cluster.health-check.enabled",
                    "job.autoscaler.enabled",
                    "job.autoscaler.target.utilization",
                    "job.autoscaler.metrics.window",
                    "job.autoscaler.stabilization.interval",
                    "job.autoscaler.catch-up.duration",
                    "job.autoscaler.restart.time");

    private static final List<Class<?>> OPTIONS_OF_FLINK =
            List.of(
                    CheckpointingOptions.class,
                    CoreOptions.class,
                    HeartbeatManagerOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    MetricOptions.class,
                    RestartStrategyOptions.class,
                    RpcOptions.class,
                    TaskManagerOptions.class,
                    WebOptions.class);

    private final Map<String, String> pom = Repository.pomProperties();

    @Test
    void everyResourceIsReadStrictlyByTheClassesOfItsApi() throws IOException {
        Map<String, JsonNode> all = Manifests.all();
        assertThat(all).hasSizeGreaterThan(15);
        for (Map.Entry<String, JsonNode> each : all.entrySet()) {
            assertThat(KubernetesClasses.read(each.getValue())).as(each.getKey()).isNotNull();
        }
    }

    @Test
    void everyFlinkResourceFitsTheSchemaThatTheOperatorInstalls() throws IOException {
        int checked = 0;
        for (Map.Entry<String, JsonNode> each : Manifests.all().entrySet()) {
            String kind = each.getValue().path("kind").asText();
            if (kind.startsWith("Flink")) {
                checked++;
                assertThat(OperatorSchema.of(kind).objections(each.getValue()))
                        .as(each.getKey())
                        .isEmpty();
            }
        }
        assertThat(checked).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/spec", "/spec/job", "/spec/podTemplate/spec", "/spec/jobManager"})
    void aFieldThatDoesNotExistIsFound(String place) throws IOException {
        JsonNode wrong = deployment();
        ((ObjectNode) wrong.at(place)).put("replicsa", 3);
        assertThatThrownBy(() -> KubernetesClasses.read(wrong))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("replicsa");
        assertThat(OperatorSchema.of("FlinkDeployment").objections(wrong))
                .singleElement()
                .asString()
                .endsWith("replicsa is no field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application", "session", "development"})
    void whatKustomizeMakesOfAFolderIsReadAsStrictly(String folder) throws Exception {
        Optional<List<JsonNode>> made = Manifests.kustomized(folder);
        assumeTrue(made.isPresent(), "needs kubectl on the path, which makes resources of folders");
        List<JsonNode> resources = made.get();
        String settings = null;
        for (JsonNode each : resources) {
            assertThat(KubernetesClasses.read(each)).isNotNull();
            String kind = each.get("kind").asText();
            if (kind.startsWith("Flink")) {
                assertThat(OperatorSchema.of(kind).objections(each)).isEmpty();
            }
            if (kind.equals("ConfigMap")) {
                settings = each.at("/metadata/name").asText();
            }
            if (!kind.equals("Namespace")) {
                assertThat(each.at("/metadata/namespace").asText()).isEqualTo("tickformer");
            }
        }
        JsonNode deployment = only(resources, "FlinkDeployment");
        // A hash of the settings, so that other settings are another deployment.
        assertThat(settings).matches("tickformer-settings-\\w+");
        assertThat(deployment.at("/spec/podTemplate/spec/volumes").findValuesAsText("name"))
                .contains(settings);
        assertThat(deployment.at("/spec/image").asText())
                .isEqualTo(
                        (folder.equals("development") ? "" : "registry.example.com/")
                                + "tickformer:"
                                + pom.get("project.version"));
        assertThat(deployment.get("spec").has("job")).isEqualTo(!folder.equals("session"));
        if (folder.equals("development")) {
            assertThat(
                            deployment
                                    .at("/spec/podTemplate/spec/volumes")
                                    .findValuesAsText("claimName"))
                    .containsExactly(
                            only(resources, "PersistentVolumeClaim").at("/metadata/name").asText());
            assertThat(resources)
                    .extracting(each -> each.get("kind").asText())
                    .doesNotContain("NetworkPolicy");
        }
    }

    @Test
    void everyFileOfAFolderIsNamedByItsKustomization() throws IOException {
        for (Path file : Manifests.files()) {
            String name = file.getFileName().toString();
            if (!name.equals("kustomization.yaml")) {
                assertThat(Files.readString(file.resolveSibling("kustomization.yaml")))
                        .as(file.toString())
                        .contains(name);
            }
        }
    }

    @Test
    void theVersionsAreThoseOfThePom() throws IOException {
        String flink = pom.get("flink.version");
        assertThat(deployment().at("/spec/flinkVersion").asText())
                .isEqualTo("v" + flink.substring(0, flink.lastIndexOf('.')).replace('.', '_'));
        String version = pom.get("project.version");
        assertThat(file("application/kustomization.yaml")).contains("newTag: " + version + "\n");
        assertThat(file("development/kustomization.yaml")).contains("newTag: " + version + "\n");
        assertThat(sessionJob().at("/spec/job/jarURI").asText())
                .endsWith("/tickformer-" + version + "-job.jar");
        assertThat(file("development/registry.yaml"))
                .contains("apicurio/apicurio-registry:" + pom.get("registry.version") + "\n");
    }

    @Test
    void theJobIsTheOneOfTheImageWithTheSettingsThatAreMounted() throws IOException {
        JsonNode job = deployment().at("/spec/job");
        assertThat(job.get("jarURI").asText()).startsWith("local:///");
        assertThat(Repository.read("docker/Dockerfile"))
                .contains(" " + job.get("jarURI").asText().substring("local://".length()) + "\n");
        JsonNode inSession = sessionJob().at("/spec/job");
        for (JsonNode each : List.of(job, inSession)) {
            assertThat(each.get("entryClass").asText()).isEqualTo(ForecastJob.class.getName());
            assertThat(each.get("args"))
                    .extracting(JsonNode::asText)
                    .containsExactly("--config", mountPath("settings") + "/job.yaml");
            assertThat(each.get("upgradeMode").asText()).isEqualTo("savepoint");
        }
        assertThat(inSession.get("parallelism"))
                .isEqualTo(
                        Manifests.resource("application/resources.yaml")
                                .at("/spec/job/parallelism"));
        assertThat(sessionJob().at("/spec/deploymentName"))
                .isEqualTo(deployment().at("/metadata/name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application", "development"})
    void theSettingsAreTheJobsOwnAndHoldNoSecret(String folder) throws IOException {
        JobSettings settings =
                JobSettings.parse(
                        "--config", Manifests.folder().resolve(folder + "/job.yaml").toString());
        String model = settings.get(ModelOptions.PATH);
        assertThat(model).startsWith("/opt/tickformer/models/");
        assertThat(Repository.root().resolve(model.substring("/opt/tickformer/".length())))
                .exists();
        assertThat(Repository.read("docker/Dockerfile"))
                .contains("COPY --chown=flink:flink models/ /opt/tickformer/models/\n");
        assertThat(settings.get(SourceOptions.TOPICS)).containsExactly("observations");

        String secrets = mountPath("secrets") + "/";
        // Every secret is a reference to a file below the mount of the Secret.
        String text = file(folder + "/job.yaml");
        Pattern reference = Pattern.compile("password=\"([^\"]*)\"|location: (\\S+)");
        List<String> places =
                reference
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .toList();
        assertThat(places)
                .hasSize(folder.equals("application") ? 2 : 0)
                .allSatisfy(place -> assertThat(place).contains(secrets));
    }

    @Test
    void theDevelopmentsBrokerAndRegistryAreWhereItsJobAndSimulatorLookForThem()
            throws IOException {
        Map<String, JsonNode> all = Manifests.all();
        String bootstrap =
                all.get("development/kafka.yaml 2").at("/metadata/name").asText()
                        + "-kafka-bootstrap:"
                        + all.get("development/kafka.yaml 2")
                                .at("/spec/kafka/listeners/0/port")
                                .asText();
        JobSettings settings =
                JobSettings.parse(
                        "--config", Manifests.folder().resolve("development/job.yaml").toString());
        assertThat(settings.get(KafkaOptions.BOOTSTRAP_SERVERS)).isEqualTo(bootstrap);
        JsonNode service = all.get("development/registry.yaml 2");
        String registry =
                "http://%s:%s/apis/ccompat/v7"
                        .formatted(
                                service.at("/metadata/name").asText(),
                                service.at("/spec/ports/0/port").asText());
        assertThat(file("development/job.yaml")).contains("url: " + registry + "\n");
        JsonNode simulator =
                all.get("development/simulator.yaml 1").at("/spec/template/spec/containers/0");
        String[] arguments = texts(simulator.get("args")).toArray(String[]::new);
        assertThat(arguments).contains("produce", bootstrap, registry);
        assertThat(
                        TickformerCommand.commandLine()
                                .parseArgs(arguments)
                                .subcommand()
                                .<String>matchedOptionValue("--topic", ""))
                .isEqualTo(all.get("development/kafka.yaml 3").at("/metadata/name").asText());
        assertThat(texts(simulator.get("command"))).contains(TickformerCommand.class.getName());
    }

    @Test
    void everySettingOfFlinkIsOneThatItsReadersKnow() throws Exception {
        Set<String> known = new HashSet<>(OPTIONS_OF_THE_OPERATOR);
        for (Class<?> options : OPTIONS_OF_FLINK) {
            for (Field field : options.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    known.add(((ConfigOption<?>) field.get(null)).key());
                }
            }
        }
        known.add("metrics.reporter.prom.factory.class");
        known.add("metrics.reporter.prom.port");
        Set<String> set = new TreeSet<>();
        for (JsonNode each : Manifests.all().values()) {
            each.at("/spec/flinkConfiguration")
                    .properties()
                    .forEach(setting -> set.add(setting.getKey()));
        }
        assertThat(set).hasSizeGreaterThan(25).isSubsetOf(known);
    }

    @Test
    void theStateIsOnS3ByThePluginOfTheImage() throws IOException {
        JsonNode flink = deployment().at("/spec/flinkConfiguration");
        for (String place :
                List.of(
                        "execution.checkpointing.dir",
                        "execution.checkpointing.savepoint-dir",
                        "high-availability.storageDir")) {
            assertThat(flink.get(place).asText()).startsWith("s3://");
        }
        assertThat(flink.get("high-availability.type").asText()).isEqualTo("kubernetes");
        assertThat(Repository.read("docker/Dockerfile"))
                .contains(
                        "\nRUN mkdir /opt/flink/plugins/s3-fs-presto && ln -s"
                                + " /opt/flink/opt/flink-s3-fs-presto-"
                                + pom.get("flink.version")
                                + ".jar /opt/flink/plugins/s3-fs-presto/\n");
    }

    @Test
    void noContainerRunsAsRootOrWritesToItsRoot() throws IOException {
        List<JsonNode> pods = new ArrayList<>();
        for (JsonNode each : Manifests.all().values()) {
            pods.addAll(each.findValues("containers"));
        }
        pods.removeIf(each -> each.at("/0/name").asText().isEmpty());
        assertThat(pods).hasSize(3);
        for (JsonNode containers : pods) {
            for (JsonNode container : containers) {
                JsonNode limits = container.get("securityContext");
                assertThat(limits.get("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(limits.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
                assertThat(texts(limits.at("/capabilities/drop"))).containsExactly("ALL");
                assertThat(container.get("volumeMounts").findValuesAsText("mountPath"))
                        .contains("/tmp");
            }
        }
        for (JsonNode pod : podSpecs()) {
            JsonNode limits = pod.get("securityContext");
            assertThat(limits.get("runAsNonRoot").asBoolean()).isTrue();
            assertThat(limits.get("runAsUser").asInt()).isPositive();
            assertThat(limits.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        }
    }

    @Test
    void everyMountHasItsVolumeAndTheJobsContainerHasTheNameThatFlinkAdds() throws IOException {
        for (JsonNode pod : podSpecs()) {
            assertThat(pod.get("containers").findValuesAsText("mountPath")).isNotEmpty();
            List<String> mounted = new ArrayList<>();
            pod.at("/containers/0/volumeMounts")
                    .forEach(mount -> mounted.add(mount.get("name").asText()));
            List<String> volumes = new ArrayList<>();
            pod.get("volumes").forEach(volume -> volumes.add(volume.get("name").asText()));
            assertThat(mounted).containsExactlyElementsOf(volumes);
        }
        assertThat(deployment().at("/spec/podTemplate/spec/containers/0/name").asText())
                .isEqualTo(MAIN_CONTAINER);
        assertThat(file("development/mounts.yaml"))
                .contains("/spec/podTemplate/spec/containers/0/volumeMounts/-");
    }

    @Test
    void everySecretIsAReference() throws IOException {
        for (JsonNode each : Manifests.all().values()) {
            assertThat(each.path("kind").asText()).isNotEqualTo("Secret");
        }
        deployment()
                .at("/spec/podTemplate/spec/containers/0/env")
                .forEach(
                        variable -> {
                            assertThat(variable.has("value")).isFalse();
                            assertThat(variable.at("/valueFrom/secretKeyRef/name").asText())
                                    .startsWith("tickformer");
                        });
    }

    @Test
    void budgetsAndPoliciesChooseThePodsOfTheDeploymentByTheLabelsThatFlinkGives()
            throws IOException {
        String name = deployment().at("/metadata/name").asText();
        Map<String, JsonNode> all = Manifests.all();
        Map<String, String> components = new TreeMap<>();
        for (int i = 1; i <= 2; i++) {
            JsonNode labels =
                    all.get("application/disruption-budget.yaml " + i)
                            .at("/spec/selector/matchLabels");
            assertThat(labels.get("app").asText()).isEqualTo(name);
            components.put(labels.get("component").asText(), "");
        }
        assertThat(components.keySet()).containsExactly("jobmanager", "taskmanager");
        JsonNode policy = all.get("application/network-policy.yaml 1").get("spec");
        assertThat(policy.at("/podSelector/matchLabels/app").asText()).isEqualTo(name);
        List<String> open = policy.get("ingress").findValuesAsText("port");
        assertThat(open)
                .containsExactly(
                        "8081",
                        deployment()
                                .at("/spec/flinkConfiguration/metrics.reporter.prom.port")
                                .asText());
        assertThat(policy.get("egress").findValuesAsText("port")).contains("53", "9093", "443");
        // Kafka and the registry are where the settings of the job say.
        assertThat(file("application/job.yaml")).contains(".kafka:9093", ".kafka:8080/");
    }

    @Test
    void theResourcesAreThePlanThatTheyNameAndNothingElse() throws IOException {
        String resources = file("application/resources.yaml");
        String made = "# Made by: tickformer ";
        String command = resources.lines().findFirst().orElseThrow();
        assertThat(command).startsWith(made);
        StringWriter out = new StringWriter();
        int code =
                TickformerCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute(command.substring(made.length()).split(" ", -1));
        assertThat(code).isEqualTo(ExitCodes.OK);
        assertThat(resources).endsWith(out.toString());
        assertThat(resources.lines().count() - out.toString().lines().count()).isEqualTo(2);
    }

    private static JsonNode deployment() throws IOException {
        return Manifests.resource("application/deployment.yaml");
    }

    private static JsonNode sessionJob() throws IOException {
        return Manifests.resource("session/session-job.yaml");
    }

    private static List<JsonNode> podSpecs() throws IOException {
        Map<String, JsonNode> all = Manifests.all();
        return List.of(
                deployment().at("/spec/podTemplate/spec"),
                all.get("development/registry.yaml 1").at("/spec/template/spec"),
                all.get("development/simulator.yaml 1").at("/spec/template/spec"));
    }

    /** Where the main container finds a volume. */
    private static String mountPath(String volume) throws IOException {
        for (JsonNode mount : deployment().at("/spec/podTemplate/spec/containers/0/volumeMounts")) {
            if (mount.get("name").asText().equals(volume)) {
                return mount.get("mountPath").asText();
            }
        }
        throw new AssertionError("no mount of " + volume);
    }

    private static JsonNode only(List<JsonNode> resources, String kind) {
        List<JsonNode> found =
                resources.stream().filter(each -> each.get("kind").asText().equals(kind)).toList();
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String file(String path) throws IOException {
        return Files.readString(Manifests.folder().resolve(path));
    }
}
