package io.tickformer.job;

import io.tickformer.kafka.References;
import io.tickformer.kafka.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/** The settings of a job: typed, known and valid. */
public final class JobSettings {
    private final Configuration options = new Configuration();
    private final Map<String, String> kafkaProperties = new LinkedHashMap<>();
    private final Configuration flink = new Configuration();

    /** Values with references, as they were given. */
    private final Map<String, String> referring = new HashMap<>();

    private JobSettings() {}

    /**
     * Settings from command-line arguments and the YAML file that {@code --config} names.
     *
     * @throws OptionException if a setting is unknown, missing or invalid; the message says which
     */
    public static JobSettings parse(String... arguments) {
        return of(SettingsReader.read(arguments));
    }

    /**
     * Settings from command-line arguments and the YAML file that {@code --config} names, for
     * reading the input topics of a job without running it: there need be no model.
     *
     * @throws OptionException if a setting is unknown, missing or invalid; the message says which
     */
    public static JobSettings forReading(String... arguments) {
        JobSettings settings = new JobSettings();
        SettingsReader.read(arguments).forEach(settings::put);
        SettingsCheck.checkReading(settings);
        return settings;
    }

    /**
     * Settings from command-line arguments and the YAML file that {@code --config} names, for
     * reaching the dead letters of a job without running it.
     *
     * @throws OptionException if a setting is unknown, missing or invalid; the message says which
     */
    public static JobSettings forDeadLetters(String... arguments) {
        JobSettings settings = new JobSettings();
        SettingsReader.read(arguments).forEach(settings::put);
        SettingsCheck.checkDeadLetters(settings);
        return settings;
    }

    /**
     * Settings by name, for reaching the brokers and the schema registry of a job and nothing else.
     *
     * @throws OptionException if a setting is unknown, missing or invalid; the message says which
     */
    public static JobSettings forConnecting(Map<String, String> given) {
        JobSettings settings = new JobSettings();
        given.forEach(settings::put);
        SettingsCheck.checkConnecting(settings);
        return settings;
    }

    /**
     * What of command-line arguments, and of the YAML file that {@code --config} names, says how to
     * reach the brokers and the schema registry, as it was given.
     *
     * @throws OptionException if an argument is no such setting, or the file cannot be read
     */
    public static Map<String, String> connections(String... arguments) {
        Map<String, String> given = SettingsReader.read(arguments);
        for (String name : given.keySet()) {
            if (!isKnown(name)) {
                throw unknown(name);
            }
        }
        given.keySet()
                .removeIf(name -> !name.startsWith("kafka.") && !name.startsWith("registry."));
        return given;
    }

    /** Whether there is a setting of this name. */
    public static boolean isKnown(String name) {
        return OptionCatalogue.find(name).isPresent()
                || isBelow(KafkaOptions.PROPERTIES_PREFIX, name)
                || isBelow(RuntimeOptions.FLINK_PREFIX, name);
    }

    /** Whether the value of a setting is never shown. */
    public static boolean isSecret(String name) {
        if (isBelow(KafkaOptions.PROPERTIES_PREFIX, name)) {
            return Secrets.isSecret(name.substring(KafkaOptions.PROPERTIES_PREFIX.length()));
        }
        if (isBelow(RuntimeOptions.FLINK_PREFIX, name)) {
            return GlobalConfiguration.isSensitive(name);
        }
        return OptionCatalogue.find(name).map(OptionDescriptor::secret).orElse(false);
    }

    /**
     * Settings by name.
     *
     * @throws OptionException if a setting is unknown, missing or invalid; the message says which
     */
    public static JobSettings of(Map<String, String> given) {
        JobSettings settings = new JobSettings();
        given.forEach(settings::put);
        SettingsCheck.check(settings);
        return settings;
    }

    private void put(String name, String value) {
        Optional<OptionDescriptor> option = OptionCatalogue.find(name);
        if (References.areIn(value)) {
            referring.put(name, value);
        }
        if (option.isPresent()) {
            option.get().put(value, options);
        } else if (isBelow(KafkaOptions.PROPERTIES_PREFIX, name)) {
            kafkaProperties.put(name.substring(KafkaOptions.PROPERTIES_PREFIX.length()), value);
        } else if (isBelow(RuntimeOptions.FLINK_PREFIX, name)) {
            flink.setString(
                    name.substring(RuntimeOptions.FLINK_PREFIX.length()),
                    OptionDescriptor.resolved(name, value));
        } else {
            throw unknown(name);
        }
    }

    private static boolean isBelow(String prefix, String name) {
        return name.startsWith(prefix) && name.length() > prefix.length();
    }

    private static OptionException unknown(String name) {
        List<String> known = new ArrayList<>(OptionCatalogue.all().keySet());
        Optional<String> nearest = NearestName.to(name, known);
        return new OptionException(
                "there is no setting %s; %s"
                        .formatted(
                                name,
                                nearest.map(near -> "did you mean " + near + "?")
                                        .orElse("see docs/options.md for those there are")));
    }

    /** The value of a setting that has one, given or by default. */
    public <T> T get(ConfigOption<T> option) {
        return options.get(option);
    }

    /** The value of a setting, if it has one. */
    public <T> Optional<T> find(ConfigOption<T> option) {
        return options.getOptional(option);
    }

    /** The value of a setting as a message may show it. */
    String shown(ConfigOption<?> option) {
        String given = referring.get(option.key());
        String text = given == null ? OptionDescriptor.text(options.get(option)) : given;
        return OptionCatalogue.find(option.key()).orElseThrow().shown(text);
    }

    /** Properties that go to every Kafka client as they are. */
    public Map<String, String> kafkaProperties() {
        return new LinkedHashMap<>(kafkaProperties);
    }

    /** Whether they say where checkpoints are kept. */
    public boolean nameCheckpointStorage() {
        return find(RuntimeOptions.CHECKPOINT_DIRECTORY).isPresent()
                || flink.contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                || flink.contains(CheckpointingOptions.CHECKPOINT_STORAGE);
    }

    /** Settings that go to Flink as they are. */
    Configuration flink() {
        return new Configuration(flink);
    }
}
