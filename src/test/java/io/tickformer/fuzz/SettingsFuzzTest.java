package io.tickformer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickformer.job.JobSettings;
import io.tickformer.job.OptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class SettingsFuzzTest {
    @FuzzTest
    void everyFileOfSettingsIsReadOrRefusedInWords(byte[] yaml) throws IOException {
        Path file = Files.createTempFile("fuzz", ".yaml");
        try {
            Files.write(file, yaml);
            assertThat(JobSettings.parse("--config", file.toString())).isNotNull();
        } catch (OptionException e) {
            assertThat(e.getMessage()).isNotBlank();
        } finally {
            Files.delete(file);
        }
    }
}
