package io.tickformer.cli.doctor;

import io.tickformer.job.JobConnections;
import io.tickformer.job.KafkaOptions;
import io.tickformer.job.RegistryOptions;
import io.tickformer.job.SinkOptions;
import io.tickformer.kafka.registry.RegistryException;
import io.tickformer.kafka.registry.RegistryProbe;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.monitoring.ReadableNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Asks the schema registry what it is, and whether it accepts the schemas that the job writes. */
final class RegistryCheck implements Check {
    private static final String NO_RULE = "NONE";

    /** Schemas of the output topics by the settings that name the topics. */
    private static final Map<String, Schema> WRITTEN =
            Map.of(
                    SinkOptions.TOPIC.key(), Schemas.forecast(),
                    SinkOptions.LATE_TOPIC.key(), Schemas.observation(),
                    SinkOptions.REFUSED_TOPIC.key(), Schemas.observation(),
                    SinkOptions.SCORES_TOPIC.key(), Schemas.score(),
                    SinkOptions.ANOMALIES_TOPIC.key(), Schemas.anomaly(),
                    SinkOptions.EVENTS_TOPIC.key(), Schemas.event());

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.REGISTRY, Subject.SCHEMAS);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        Optional<String> url = examination.settings().find(RegistryOptions.URL);
        boolean isNeeded = examination.readsAvro() || examination.writesAvro();
        if (url.filter(text -> !text.isBlank()).isEmpty()) {
            if (isNeeded
                    && examination.settings().find(KafkaOptions.BOOTSTRAP_SERVERS).isPresent()) {
                findings.problem(
                        Subject.REGISTRY,
                        "registry.url is not set, and %s avro, which needs a schema registry"
                                .formatted(avroSettings(examination)),
                        "set registry.url, or source.format and sink.format to json");
            } else {
                findings.skipped(Subject.REGISTRY, "registry.url is not set");
            }
            findings.skipped(Subject.SCHEMAS, "there is no registry");
            return;
        }
        RegistryProbe probe;
        RegistryProbe.Registry registry;
        try {
            RegistrySettings settings = JobConnections.registry(examination.settings());
            probe = new RegistryProbe(settings, examination.timeout());
            registry = probe.describe();
        } catch (RegistryException | IllegalArgumentException e) {
            findings.problem(
                    Subject.REGISTRY,
                    e.getMessage(),
                    "start the registry, or correct registry.url: it ends with the path of a"
                            + " Confluent-compatible API, for Apicurio /apis/ccompat/v7");
            findings.skipped(Subject.SCHEMAS, "the registry does not answer");
            return;
        }
        examination.registryDoesAnswer();
        describe(url.get(), registry, findings);
        schemas(examination, probe, findings);
    }

    private static String avroSettings(Examination examination) {
        if (examination.readsAvro() && examination.writesAvro()) {
            return "source.format and sink.format are";
        }
        return examination.readsAvro() ? "source.format is" : "sink.format is";
    }

    private static void describe(String url, RegistryProbe.Registry registry, Findings findings) {
        String seen =
                "%s: %s with %s"
                        .formatted(
                                url,
                                registry.product(),
                                ReadableNumbers.number(registry.subjects(), "subject"));
        if (registry.compatibility().equals(NO_RULE)) {
            findings.warning(
                    Subject.REGISTRY,
                    seen + "; its compatibility rule is NONE, so it accepts any new schema",
                    "set its rule to BACKWARD or FULL, so that no new schema breaks the readers");
        } else {
            findings.ok(
                    Subject.REGISTRY,
                    registry.compatibility().isEmpty()
                            ? seen
                            : seen + "; compatibility rule " + registry.compatibility());
        }
    }

    private static void schemas(Examination examination, RegistryProbe probe, Findings findings) {
        if (!examination.writesAvro()) {
            findings.skipped(Subject.SCHEMAS, "sink.format is json");
            return;
        }
        List<String> accepted = new ArrayList<>();
        List<String> first = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        examination
                .trial()
                .outputTopics()
                .forEach(
                        (setting, topic) -> {
                            Schema schema = WRITTEN.get(setting);
                            if (schema == null) {
                                return;
                            }
                            switch (probe.accepts(topic, schema)) {
                                case COMPATIBLE -> accepted.add(topic);
                                case FIRST -> first.add(topic);
                                case UNKNOWN -> unknown.add(topic);
                                case INCOMPATIBLE ->
                                        findings.problem(
                                                Subject.SCHEMAS,
                                                "the registry would reject schema %s for topic %s: it is incompatible with an earlier schema of that topic"
                                                        .formatted(schema.getFullName(), topic),
                                                "set %s to another topic, or delete the subject %s-value"
                                                        .formatted(setting, topic));
                            }
                        });
        if (!findings.has(Subject.SCHEMAS)) {
            List<String> parts = new ArrayList<>();
            addPart("accepted for", accepted, parts);
            addPart("the first one for", first, parts);
            addPart("the registry does not tell for", unknown, parts);
            findings.ok(
                    Subject.SCHEMAS,
                    "schemas of the output: %s".formatted(String.join("; ", parts)));
        }
    }

    private static void addPart(String what, List<String> topics, List<String> parts) {
        if (!topics.isEmpty()) {
            parts.add(what + " " + String.join(", ", topics));
        }
    }
}
