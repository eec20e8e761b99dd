package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

final class OptionDocsTest {
    @Test
    void thePageInTheRepositoryIsTheOneTheOptionsGive() throws IOException {
        assertThat(Files.readString(Repository.root().resolve("docs/options.md")))
                .as("docs/options.md; renew it by './tickformer options > docs/options.md'")
                .isEqualTo(OptionDocs.markdown());
    }

    @Test
    void everySettingHasADescriptionThatIsASentence() {
        assertThat(OptionCatalogue.all().values())
                .allSatisfy(
                        option -> {
                            assertThat(option.description()).as(option.key()).endsWith(".");
                            assertThat(option.expected()).as(option.key()).isNotNull();
                        });
    }
}
