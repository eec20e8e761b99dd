package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastQuality;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds docs/output.md, docs/asyncapi.yaml and the examples that they name to the code. */
final class OutputPageTest {
    private static final String PAGE = "docs/output.md";
    private static final String CONSUMERS = "examples/consumers/";
    private static final Pattern SETTING =
            Pattern.compile("`((?:sink|source|registry|feedback|forecast)\\.[a-z.-]+)");
    private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern LANGUAGE = Pattern.compile(CONSUMERS + "(\\w+)/");
    private static final Pattern OPTION = Pattern.compile(" --([a-z-]+)");

    @Test
    void theTablesOfFieldsAreThoseOfTheSchemas() throws IOException {
        String page = Repository.read(PAGE);
        String generated = TopicDocs.markdown();
        String first = generated.lines().findFirst().orElseThrow();
        assertThat(page).contains(first);
        assertThat(page.substring(page.indexOf(first)))
                .as("%s from '%s'; renew it by './tickformer schemas'", PAGE, first)
                .isEqualTo(generated);
    }

    @Test
    void theAsyncApiDocumentIsThatOfTheSchemas() throws IOException {
        assertThat(Repository.read("docs/asyncapi.yaml"))
                .as("renew it by './tickformer schemas --asyncapi > docs/asyncapi.yaml'")
                .isEqualTo(AsyncApi.yaml());
    }

    @Test
    void everySymbolThatARecordMayHaveHasARowThatSaysWhatToDo() throws IOException {
        String page = Repository.read(PAGE);
        assertThat(
                        Stream.of(
                                        ForecastQuality.values(),
                                        ForecastEventKind.values(),
                                        DeadLetterReason.values())
                                .flatMap(Stream::of))
                .allSatisfy(symbol -> assertThat(page).contains("\n| `" + symbol.name() + "` | "));
    }

    @Test
    void everySettingOfThePageExists() throws IOException {
        TreeSet<String> named = new TreeSet<>();
        Matcher setting = SETTING.matcher(Repository.read(PAGE));
        while (setting.find()) {
            named.add(setting.group(1));
        }
        assertThat(named).contains("sink.topic", "source.key-field");
        assertThat(OptionCatalogue.all().keySet()).containsAll(named);
    }

    @Test
    void everyCommandOfThePageRunsAnExampleWithOptionsThatItHas() throws IOException {
        List<String> commands = new ArrayList<>();
        Matcher shell = SHELL.matcher(Repository.read(PAGE));
        while (shell.find()) {
            commands.addAll(shell.group(1).lines().toList());
        }
        // ConsumersIT runs it as it stands.
        commands.removeIf(command -> command.startsWith("kcat "));
        assertThat(commands).hasSize(8);
        for (String command : commands) {
            Matcher language = LANGUAGE.matcher(command + "/");
            assertThat(language.find()).as(command).isTrue();
            String sources = sources(CONSUMERS + language.group(1));
            for (String word : command.split(" ", -1)) {
                if (word.startsWith("io.tickformer.")) {
                    assertThat(
                                    Repository.root()
                                            .resolve(CONSUMERS + "java/src/main/java")
                                            .resolve(word.replace('.', '/') + ".java"))
                            .exists();
                } else if (word.startsWith(CONSUMERS) && !word.contains("/target/")) {
                    assertThat(Repository.root().resolve(word)).exists();
                }
            }
            Matcher option = OPTION.matcher(command);
            while (option.find()) {
                if (!option.group(1).equals("prefix")) {
                    assertThat(sources).as(command).contains(option.group(1));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "avro", "jackson", "slf4j"})
    void theJavaExampleHasTheVersionThatTheJobHas(String library) throws IOException {
        Map<String, String> ours = Repository.pomProperties();
        String version = ours.get(library + ".version");
        assertThat(Repository.read(CONSUMERS + "java/pom.xml"))
                .contains("<%1$s.version>%2$s</%1$s.version>".formatted(library, version));
    }

    private static String sources(String folder) throws IOException {
        StringBuilder sources = new StringBuilder();
        for (Path file : Repository.files()) {
            if (file.startsWith(Repository.root().resolve(folder))) {
                sources.append(Repository.text(file).orElse(""));
            }
        }
        return sources.toString();
    }
}
