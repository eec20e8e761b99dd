package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.job.SourceOptions;
import io.tickformer.model.CacheLayout;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ConvolutionArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Holds docs/concepts.md to the classes, settings, presets and numbers that it names, and its
 * pictures to the page.
 */
final class ConceptsPageTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "tickformer");

    /** A class of the text, such as {@code context.RunningFrame}. */
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+\\.)+[A-Z]\\w+)`");

    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    private static final Pattern SETTING =
            Pattern.compile("`((?:source|sink|tick|forecast)\\.[a-z-]+)`");
    private static final Pattern PICTURE =
            Pattern.compile("!\\[[^\\]]+]\\((concepts/\\w+\\.svg)\\)");

    /** A row of the table of the two presets. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([a-z ]+) \\| `?([^|`]+)`? \\| `?([^|`]+)`? \\|$");

    private static final int TOKENS_OF_THE_PICTURE = 4;

    @Test
    void everyClassTestAndSettingThatItNamesExists() throws IOException {
        Set<String> classes = found(CLASS);
        assertThat(classes)
                .hasSizeGreaterThan(8)
                .allSatisfy(
                        name ->
                                assertThat(
                                                Repository.root()
                                                        .resolve(SOURCES)
                                                        .resolve(name.replace('.', '/') + ".java"))
                                        .exists());
        List<String> files =
                Repository.files().stream().map(file -> file.getFileName().toString()).toList();
        assertThat(found(TEST))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(files).contains(name + ".java"));
        String options = Repository.read("docs/options.md");
        assertThat(found(SETTING))
                .hasSizeGreaterThan(4)
                .allSatisfy(key -> assertThat(options).contains("| `" + key + "` |"));
    }

    @Test
    void itShowsEveryPictureOfItsFolderAndNoOther() throws IOException {
        try (Stream<Path> folder = Files.list(Repository.root().resolve("docs/concepts"))) {
            assertThat(folder.map(file -> "concepts/" + file.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(found(PICTURE));
        }
    }

    @Test
    void everyPictureHasAGroundOfItsOwnAndTextForReadersAndLoadsNothing() throws IOException {
        for (String picture : found(PICTURE)) {
            Element svg = parsed("docs/" + picture).getDocumentElement();
            assertThat(svg.getElementsByTagName("title").getLength()).as(picture).isEqualTo(1);
            assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                    .as(picture)
                    .isNotBlank();
            Element ground = (Element) svg.getElementsByTagName("rect").item(0);
            assertThat(ground.getAttribute("fill")).as(picture).isEqualTo("#ffffff");
            assertThat(ground.getAttribute("width")).isEqualTo(svg.getAttribute("width"));
            assertThat(ground.getAttribute("height")).isEqualTo(svg.getAttribute("height"));
            assertThat(Repository.read("docs/" + picture))
                    .as(picture)
                    .doesNotContain("href", "<image", "<style", "<script", "@import");
        }
    }

    @Test
    void theWeightsOfThePictureAreTheSoftmaxOfItsScores() throws IOException {
        Document picture = parsed("docs/concepts/attention.svg");
        List<String> scores = texts(picture, "score");
        List<String> weights = texts(picture, "weight");
        int n = TOKENS_OF_THE_PICTURE;
        assertThat(scores).hasSize(n * n);
        assertThat(weights).hasSize(n * n);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += Math.exp(Double.parseDouble(scores.get(i * n + j)));
            }
            for (int j = 0; j < n; j++) {
                if (j > i) {
                    assertThat(scores.get(i * n + j)).isEqualTo("−∞");
                    assertThat(weights.get(i * n + j)).isEqualTo("0");
                } else {
                    double exact = Math.exp(Double.parseDouble(scores.get(i * n + j))) / sum;
                    assertThat(Double.parseDouble(weights.get(i * n + j)))
                            .isCloseTo(exact, within(0.0051));
                }
            }
        }
    }

    @Test
    void itsSizesAreThoseOfTheUniversalModel() throws IOException {
        ForecastSpec spec = universal();
        TransformerArchitecture network = spec.transformer();
        int patch = network.patchLength();
        String page = page();

        assertThat(page)
                .contains(
                        text(
                                "%,d + %,d = %,d ticks",
                                spec.contextLength(),
                                spec.normalisation().memoryTicks(),
                                spec.ringTicks()),
                        text(
                                "%d x (%d x %d + 1) = %d ticks",
                                patch,
                                network.layers(),
                                network.attentionWindow() - 1,
                                spec.contextLength()),
                        text("%,d bytes a series", CacheLayout.of(spec).phaseBytes() * patch),
                        text(
                                "weights halve every %.0f ticks",
                                spec.normalisation().halfLifeTicks()),
                        text("every block of %d ticks", spec.normalisation().blockTicks()),
                        text("at most %,d ticks", spec.normalisation().memoryTicks()));
        assertThat(Repository.read("docs/concepts/context.svg"))
                .contains(
                        text("context: %,d ticks<", spec.contextLength()),
                        text("frames only: %,d ticks<", spec.normalisation().memoryTicks()),
                        text("ring: %,d ticks;", spec.ringTicks()),
                        text(">%d forecast<", spec.horizon()));
    }

    @Test
    void itsConstantsAreThoseOfTheCode() throws IOException {
        String statistics = "context/RobustStatistics";
        long outOfOrderness = SourceOptions.OUT_OF_ORDERNESS.defaultValue().toSeconds();

        assertThat(page())
                .contains(
                        text("`source.out-of-orderness` (%d s by default)", outOfOrderness),
                        text(
                                "passed %s ends of ticks",
                                constant("forecaster/TickClosing", "ENDS_TO_QUIET")),
                        text("at most %s scales", constant(statistics, "LIMIT")),
                        text("%s values in a row", constant(statistics, "RUN")),
                        text(
                                "%s in a row beyond %s scales",
                                constant(statistics, "LEANING"), constant(statistics, "LEAN")),
                        text(
                                "more than %s scales from the location",
                                constant("context/TokenEncoder", "LARGEST_VALUE")),
                        text(
                                "a difference above %s of the answer",
                                constant("inference/IncrementalCheck", "TOLERANCE")),
                        text(
                                "%d tokens with 3 taps",
                                ConvolutionArchitecture.receptiveField(
                                        1, 3, List.of(1, 2, 4, 8, 16))),
                        text("after 50 tokens %.1f %% is left", 100 * Math.pow(0.9, 50)));
    }

    @Test
    void itsTimesAreThoseOfTheBenchmarks() throws IOException {
        String benchmarks = Repository.read("docs/benchmarks.md");
        String full = lastCell(benchmarks, "| `streaming-full`, µs |");
        String incremental = lastCell(benchmarks, "| `streaming-incremental`, µs |");

        assertThat(page())
                .contains(text("%s µs by full and %s µs by incremental", full, incremental));
        assertThat(benchmarks).contains("P = 16, W = 12");
    }

    @Test
    void theTableOfPresetsSaysWhatTheyBuild() throws IOException {
        TransformerArchitecture vanilla =
                ForecastSpec.vanilla()
                        .tickMillis(1000)
                        .contextLength(8)
                        .horizon(1)
                        .layers(1)
                        .width(4)
                        .heads(1)
                        .feedForwardWidth(4)
                        .build()
                        .transformer();
        TransformerArchitecture streaming =
                ForecastSpec.streaming()
                        .tickMillis(1000)
                        .patchLength(4)
                        .attentionWindow(3)
                        .horizon(1)
                        .layers(1)
                        .width(4)
                        .heads(1)
                        .feedForwardWidth(4)
                        .build()
                        .transformer();
        List<String> expected = new ArrayList<>();
        expected.add("ticks in a token: " + vanilla.patchLength() + ", P");
        assertThat(vanilla.attendsToAll()).isTrue();
        assertThat(streaming.attendsToAll()).isFalse();
        expected.add("attention: to all earlier tokens, to the last W tokens");
        expected.add("positions: " + vanilla.positions() + ", " + streaming.positions());
        expected.add(
                "place of the norm: " + vanilla.normPlacement() + ", " + streaming.normPlacement());
        expected.add("norm: " + vanilla.norm() + ", " + streaming.norm());
        expected.add("activation: " + vanilla.activation() + ", " + streaming.activation());
        expected.add(
                "incremental evaluation: "
                        + yesOrNo(vanilla.isIncremental())
                        + ", "
                        + yesOrNo(streaming.isIncremental()));

        assertThat(
                        ROW.matcher(page())
                                .results()
                                .map(
                                        row ->
                                                row.group(1)
                                                        + ": "
                                                        + row.group(2)
                                                        + ", "
                                                        + row.group(3)))
                .containsExactlyElementsOf(expected);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String yesOrNo(boolean is) {
        return is ? "yes" : "no";
    }

    private static ForecastSpec universal() throws IOException {
        byte[] file = Files.readAllBytes(Repository.root().resolve("models/universal.onnx"));
        return ModelMetadata.fromProperties(OnnxFile.read(file).metadata()).orElseThrow().spec();
    }

    /** The value of a private constant, as its source writes it. */
    private static String constant(String path, String name) throws IOException {
        Matcher declared =
                Pattern.compile(" " + name + " = ([^;]+);")
                        .matcher(Repository.read(SOURCES.resolve(path) + ".java"));
        assertThat(declared.find()).as(path + " has " + name).isTrue();
        return declared.group(1);
    }

    private static String lastCell(String page, String rowStart) {
        String row =
                page.lines().filter(each -> each.startsWith(rowStart)).findFirst().orElseThrow();
        String[] cells = row.split("\\|", -1);
        return cells[cells.length - 2].strip();
    }

    /** The page in one line, so that line breaks do not matter; tables keep their lines. */
    private static String page() throws IOException {
        return Repository.read("docs/concepts.md").replaceAll("(?<![|\\n])\\n(?![|\\n])", " ");
    }

    private static Set<String> found(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        pattern.matcher(page()).results().map(each -> each.group(1)).forEach(found::add);
        return found;
    }

    private static List<String> texts(Document picture, String className) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < picture.getElementsByTagName("text").getLength(); i++) {
            Element text = (Element) picture.getElementsByTagName("text").item(i);
            if (text.getAttribute("class").equals(className)) {
                texts.add(text.getTextContent());
            }
        }
        return texts;
    }

    private static Document parsed(String path) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Repository.root().resolve(path).toFile());
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(path + " is no XML: " + e.getMessage(), e);
        }
    }
}
