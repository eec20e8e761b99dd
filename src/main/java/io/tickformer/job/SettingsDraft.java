package io.tickformer.job;

import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settings that may be incomplete or wrong, and what is wrong with them. A job needs valid settings
 * ({@link JobSettings}); a diagnosis takes what there is.
 *
 * @param settings the settings that can be used; one that cannot be read is left out
 * @param faults what is wrong, a line each; settings that are missing are no faults
 * @param given the settings as they were given, with references unresolved. They contain secrets
 */
@Internal
public record SettingsDraft(JobSettings settings, List<String> faults, Map<String, String> given) {
    public SettingsDraft {
        faults = List.copyOf(faults);
        given = Map.copyOf(given);
    }

    /**
     * Reads settings from command-line arguments and the YAML file in {@code --config}.
     *
     * @throws OptionException if an argument is not a setting, or the file cannot be read
     */
    public static SettingsDraft read(String... arguments) {
        Map<String, String> given = SettingsReader.read(arguments);
        JobSettings settings = new JobSettings();
        List<String> faults = new ArrayList<>();
        given.forEach(
                (name, value) -> {
                    try {
                        settings.put(name, value);
                    } catch (OptionException e) {
                        settings.remove(name);
                        faults.add(e.getMessage());
                    }
                });
        faults.addAll(SettingsCheck.faults(settings));
        return new SettingsDraft(settings, faults, given);
    }

    /** Hides the values, which contain secrets. */
    @Override
    public String toString() {
        return "SettingsDraft[%s, %s]".formatted(given.keySet(), faults);
    }
}
