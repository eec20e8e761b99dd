package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The defaults of the settings hold whichever class is used first. */
final class SettingsDefaultsTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                ForecastOperatorSettings.class,
                TickClosingSettings.class,
                EngineSettings.class,
                MicroBatchSettings.class,
                SilenceSettings.class
            })
    void eachSettingsClassMayBeInitializedFirst(Class<?> first)
            throws IOException, ReflectiveOperationException {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader fresh =
                new URLClassLoader(
                        path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = Class.forName(first.getName(), true, fresh);
            assertThat(type.getField("DEFAULT").get(null)).isNotNull();
        }
    }
}
