package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.kafka.SecretMasking;
import io.tickformer.kafka.SecretReferences;
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

/** The validated settings of a job. */
@Public
public final class JobSettings {
    private final Configuration options = new Configuration();
    private final Map<String, String> kafkaProperties = new LinkedHashMap<>();
    private final Configuration flink = new Configuration();

    /** Values with unresolved references. */
    private final Map<String, String> referring = new HashMap<>();

    JobSettings() {}

    /**
     * Reads settings from command-line arguments and the YAML file in {@code --config}.
     *
     * @throws OptionException if a setting is unknown, missing or invalid; the message says which
     */
    public static JobSettings parse(String... arguments) {
        return of(SettingsReader.read(arguments));
    }

    /**
     * Reads settings as {@link #parse} does, to read the input topics of a job without running it.
     * The model need not be set.
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
     * Reads settings as {@link #parse} does, to access the dead letters of a job without running
     * it.
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
     * Settings by name, to connect to the brokers and the schema registry of a job only.
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
     * Selects the raw settings of the brokers and the schema registry from command-line arguments
     * and the YAML file in {@code --config}.
     *
     * @throws OptionException if an argument is not a setting, or the file cannot be read
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

    /** Returns whether a setting with this name exists. */
    public static boolean isKnown(String name) {
        return OptionCatalogue.find(name).isPresent()
                || isBelow(KafkaOptions.PROPERTIES_PREFIX, name)
                || isBelow(RuntimeOptions.FLINK_PREFIX, name);
    }

    /** Returns whether a setting is a secret, which is never shown. */
    public static boolean isSecret(String name) {
        if (isBelow(KafkaOptions.PROPERTIES_PREFIX, name)) {
            return SecretMasking.isSecret(name.substring(KafkaOptions.PROPERTIES_PREFIX.length()));
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

    void put(String name, String value) {
        Optional<OptionDescriptor> option = OptionCatalogue.find(name);
        if (SecretReferences.areIn(value)) {
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

    /** A copy with another value of a setting of the job. */
    JobSettings with(String name, String value) {
        JobSettings copy = new JobSettings();
        copy.options.addAll(options);
        copy.kafkaProperties.putAll(kafkaProperties);
        copy.flink.addAll(flink);
        copy.referring.putAll(referring);
        copy.put(name, value);
        return copy;
    }

    /** Removes a setting of the job. */
    void remove(String name) {
        OptionCatalogue.find(name).ifPresent(option -> options.removeConfig(option.option()));
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
                                        .orElse("see docs/options.md for all settings")));
    }

    /** The value of a setting, or its default. */
    public <T> T get(ConfigOption<T> option) {
        return options.get(option);
    }

    /** The value of a setting, if it is set. */
    public <T> Optional<T> find(ConfigOption<T> option) {
        return options.getOptional(option);
    }

    /** The value of a setting for messages, with secrets hidden. */
    String shown(ConfigOption<?> option) {
        String given = referring.get(option.key());
        String text = given == null ? OptionDescriptor.text(options.get(option)) : given;
        return OptionCatalogue.find(option.key()).orElseThrow().shown(text);
    }

    /** Properties that are passed to each Kafka client unchanged. */
    public Map<String, String> kafkaProperties() {
        return new LinkedHashMap<>(kafkaProperties);
    }

    /** Returns whether the settings define the checkpoint storage. */
    public boolean nameCheckpointStorage() {
        return find(RuntimeOptions.CHECKPOINT_DIRECTORY).isPresent()
                || flink.contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                || flink.contains(CheckpointingOptions.CHECKPOINT_STORAGE);
    }

    /** Settings that are passed to Flink unchanged. */
    Configuration flink() {
        return new Configuration(flink);
    }
}
