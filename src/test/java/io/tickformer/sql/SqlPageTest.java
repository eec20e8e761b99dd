package io.tickformer.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.types.inference.StaticArgument;
import org.junit.jupiter.api.Test;

/** {@code docs/sql/README.md} against the functions and the examples. */
final class SqlPageTest {
    private static final Path FOLDER = Repository.root().resolve("docs/sql");

    @Test
    void thePageHasEveryArgument() throws IOException {
        String page = Files.readString(FOLDER.resolve("README.md"));
        List<ProcessTableFunction<?>> functions =
                List.of(new TickformerForecast(), new TickformerDetect());
        for (ProcessTableFunction<?> function : functions) {
            for (StaticArgument each :
                    function.getTypeInference(null).getStaticArguments().orElseThrow()) {
                assertThat(page).contains("| `" + each.getName() + " => ");
            }
        }
    }

    @Test
    void thePageHasEveryMetric() throws IOException {
        String page = Files.readString(FOLDER.resolve("README.md"));
        for (TableMetric each : TableMetric.values()) {
            assertThat(page).contains("`" + each.title() + "`");
        }
    }

    @Test
    void thePageHasEveryExampleAndATestRunsIt() throws IOException {
        String page = Files.readString(FOLDER.resolve("README.md"));
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER, "*.sql")) {
            for (Path each : files) {
                String name = each.getFileName().toString();
                assertThat(page).contains("](%s)".formatted(name));
                found.add(name.replace(".sql", ""));
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(SqlExamplesIT.EXAMPLES);
    }
}
