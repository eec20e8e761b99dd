package io.tickformer.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** The settings of a job: typed, known and valid. */
public final class JobSettings {
    private final Configuration options = new Configuration();
    private final Map<String, String> kafkaProperties = new LinkedHashMap<>();
    private final Configuration flink = new Configuration();

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

    /** Whether there is a setting of this name. */
    public static boolean isKnown(String name) {
        return OptionCatalogue.find(name).isPresent()
                || isBelow(KafkaOptions.PROPERTIES_PREFIX, name)
                || isBelow(RuntimeOptions.FLINK_PREFIX, name);
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
        Optional<KnownOption> option = OptionCatalogue.find(name);
        if (option.isPresent()) {
            option.get().put(value, options);
        } else if (isBelow(KafkaOptions.PROPERTIES_PREFIX, name)) {
            kafkaProperties.put(name.substring(KafkaOptions.PROPERTIES_PREFIX.length()), value);
        } else if (isBelow(RuntimeOptions.FLINK_PREFIX, name)) {
            flink.setString(name.substring(RuntimeOptions.FLINK_PREFIX.length()), value);
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

    /** Properties that go to every Kafka client as they are. */
    public Map<String, String> kafkaProperties() {
        return new LinkedHashMap<>(kafkaProperties);
    }

    /** Settings that go to Flink as they are. */
    Configuration flink() {
        return new Configuration(flink);
    }
}
