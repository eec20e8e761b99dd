package io.tickformer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Public;
import io.tickformer.serialization.OpaqueSerializer;
import io.tickformer.serialization.OpaqueTypeInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the arrows between the packages, and what each of them may reach outside. */
final class ArchitectureTest {

    private static final String ROOT = "io.tickformer.";

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.tickformer");

    private static final JavaClasses TESTS =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                    .importPackages("io.tickformer");

    /** Package to the packages of this library it may use, besides itself. */
    private static final Map<String, List<String>> ARROWS = arrows();

    /** What reads a stream or turns one into forecasts: a function of its input alone. */
    private static final String[] DATA_PATH = {
        "io.tickformer.event..",
        "io.tickformer.spec..",
        "io.tickformer.history..",
        "io.tickformer.synthetic..",
        "io.tickformer.context..",
        "io.tickformer.feedback..",
        "io.tickformer.graph..",
        "io.tickformer.autodiff..",
        "io.tickformer.onnx..",
        "io.tickformer.model..",
        "io.tickformer.training..",
        "io.tickformer.evaluation..",
        "io.tickformer.inference..",
        "io.tickformer.forecaster..",
        "io.tickformer.serialization..",
        "io.tickformer.operator..",
        "io.tickformer.flow..",
        "io.tickformer.kafka..",
        "io.tickformer.monitoring..",
        "io.tickformer.job..",
        "io.tickformer.sql.."
    };

    /** What starts, measures and shows jobs, and is no part of one. */
    private static final String[] AROUND_THE_JOB = {
        "io.tickformer.cli..",
        "io.tickformer.console..",
        "io.tickformer.lab..",
        "io.tickformer.process.."
    };

    private static final String[] LEARNING_LINE = {
        "io.tickformer.event..",
        "io.tickformer.spec..",
        "io.tickformer.history..",
        "io.tickformer.synthetic..",
        "io.tickformer.context..",
        "io.tickformer.feedback..",
        "io.tickformer.graph..",
        "io.tickformer.autodiff..",
        "io.tickformer.onnx..",
        "io.tickformer.model..",
        "io.tickformer.training..",
        "io.tickformer.evaluation..",
        "io.tickformer.inference..",
        "io.tickformer.forecaster.."
    };

    private static Map<String, List<String>> arrows() {
        Map<String, List<String>> arrows = new LinkedHashMap<>();
        arrows.put("annotation", List.of());
        arrows.put("event", List.of());
        arrows.put("spec", List.of("event"));
        arrows.put("history", List.of("event"));
        arrows.put("synthetic", List.of("history"));
        arrows.put("context", List.of("event", "spec"));
        arrows.put("feedback", List.of("event", "spec"));
        arrows.put("graph", List.of());
        arrows.put("autodiff", List.of("graph"));
        arrows.put("onnx", List.of("graph"));
        arrows.put("model", List.of("graph", "spec"));
        arrows.put("inference", List.of("context", "spec", "event", "model", "onnx", "graph"));
        arrows.put(
                "training",
                List.of(
                        "model",
                        "autodiff",
                        "onnx",
                        "graph",
                        "context",
                        "inference",
                        "history",
                        "spec",
                        "event"));
        arrows.put(
                "evaluation",
                List.of("inference", "feedback", "context", "history", "spec", "event"));
        arrows.put("forecaster", List.of("inference", "feedback", "context", "spec", "event"));
        arrows.put("serialization", List.of("event"));
        arrows.put("monitoring", List.of());
        arrows.put(
                "operator",
                List.of(
                        "forecaster",
                        "context",
                        "feedback",
                        "inference",
                        "serialization",
                        "spec",
                        "event",
                        "monitoring"));
        arrows.put(
                "flow",
                List.of(
                        "operator",
                        "forecaster",
                        "inference",
                        "serialization",
                        "spec",
                        "event",
                        "monitoring"));
        arrows.put("kafka", List.of("serialization", "event", "monitoring"));
        arrows.put(
                "job",
                List.of(
                        "flow",
                        "operator",
                        "feedback",
                        "kafka",
                        "inference",
                        "context",
                        "serialization",
                        "spec",
                        "event",
                        "monitoring"));
        arrows.put(
                "sql",
                List.of("forecaster", "feedback", "inference", "context", "onnx", "spec", "event"));
        arrows.put("console", List.of("job", "inference", "spec"));
        arrows.put(
                "process", List.of("console", "job", "kafka", "inference", "spec", "monitoring"));
        return arrows;
    }

    @TestFactory
    List<DynamicTest> eachPackageUsesOnlyThePackagesItsArrowsPointAt() {
        return ARROWS.entrySet().stream()
                .map(
                        arrow ->
                                DynamicTest.dynamicTest(
                                        arrow.getKey() + " -> " + arrow.getValue(),
                                        () -> check(arrow.getKey(), arrow.getValue())))
                .toList();
    }

    private static void check(String name, List<String> targets) {
        List<String> own = List.of(name, "annotation");
        String[] allowed =
                Stream.concat(own.stream(), targets.stream())
                        .map(each -> ROOT + each + "..")
                        .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("io.tickformer..").or(resideInAnyPackage(allowed)))
                .check(MAIN);
    }

    @Test
    void everyPackageHasItsArrows() {
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass each : MAIN) {
            assertThat(each.getPackageName()).startsWith(ROOT);
            String below = each.getPackageName().substring(ROOT.length());
            int dot = below.indexOf('.');
            found.add(dot < 0 ? below : below.substring(0, dot));
        }
        TreeSet<String> expected = new TreeSet<>(ARROWS.keySet());
        expected.add("cli");
        expected.add("lab");
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everyPublicTypeIsMarkedAsApiOrInternal() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .and()
                .resideOutsideOfPackage("io.tickformer.annotation..")
                .should()
                .beAnnotatedWith(Public.class)
                .orShould()
                .beAnnotatedWith(Internal.class)
                .check(MAIN);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.tickformer.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "inference", "lab", "feedback"})
    void thePartsOfAPackageFormNoCycle(String name) {
        slices().matching(ROOT + name + ".(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void nothingButTheCommandLineUsesTheLaboratory() {
        noClasses()
                .that(not(resideInAnyPackage("io.tickformer.lab..", "io.tickformer.cli..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tickformer.lab..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage("io.tickformer.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tickformer.cli..")
                .check(MAIN);
    }

    @Test
    void theLearningLineIsFreeOfFlink() {
        noClasses()
                .that()
                .resideInAnyPackage(LEARNING_LINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.flink..")
                .check(MAIN);
    }

    @Test
    void serializationKnowsFlinkAndEventsAlone() {
        classes()
                .that()
                .resideInAPackage("io.tickformer.serialization..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.tickformer.serialization..",
                        "io.tickformer.annotation..",
                        "io.tickformer.event..",
                        "org.apache.flink..",
                        "java..")
                .check(MAIN);
    }

    @Test
    void everySerializerAndTypeOfOursIsBuiltOnTheCommonOnes() {
        classes()
                .that()
                .areAssignableTo(TypeSerializer.class)
                .should()
                .beAssignableTo(OpaqueSerializer.class)
                .check(MAIN);
        classes()
                .that()
                .areAssignableTo(TypeInformation.class)
                .should()
                .be(OpaqueTypeInfo.class)
                .check(MAIN);
    }

    @Test
    void onlyOnnxKnowsTheProtobufClasses() {
        onlyKnownTo("io.tickformer.onnx..", "ai.onnx.proto..", "com.google.protobuf..");
    }

    @Test
    void onlyInferenceKnowsOnnxRuntime() {
        onlyKnownTo("io.tickformer.inference..", "ai.onnxruntime..");
    }

    @Test
    void noLibraryOfCustomOpsIsLoaded() {
        noClasses()
                .should()
                .callMethodWhere(
                        JavaCall.Predicates.target(
                                HasName.Predicates.nameStartingWith("registerCustomOp")))
                .because("a model is data, and brings no code")
                .check(MAIN);
    }

    @Test
    void onlyKafkaKnowsKafkaAndAvro() {
        noClasses()
                .that(not(resideInAnyPackage(AROUND_THE_JOB)))
                .and(not(resideInAPackage("io.tickformer.kafka..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "kafka..",
                        "org.apache.avro..",
                        "org.apache.flink.connector.kafka..",
                        "org.apache.flink.formats.avro..")
                .check(MAIN);
    }

    private static void onlyKnownTo(String owner, String... libraries) {
        noClasses()
                .that(not(resideInAPackage(owner)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(MAIN);
    }

    @Test
    void theDataPathReadsNeitherTheClockNorChance() {
        noClasses()
                .that()
                .resideInAnyPackage(DATA_PATH)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(Date.class)
                .because("clock and seed are injected")
                .check(MAIN);
    }

    @Test
    void onlyTheCommandLineAndTheJobEndTheProcessOrPrint() {
        noClasses()
                .that(not(resideInAnyPackage(AROUND_THE_JOB)))
                .and(not(resideInAPackage("io.tickformer.job..")))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(MAIN);
    }

    @Test
    void nothingSerializesWithJavaObjectStreams() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectOutputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(MAIN);
    }

    @Test
    void testsNeitherSleepNorSkip() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.junit.jupiter.api.Disabled")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.mockito..")
                .check(TESTS);
    }

    @Test
    void everyTestCarriesANameTheBuildRuns() {
        classes()
                .that(holdTests())
                .should()
                .haveSimpleNameEndingWith("Test")
                .orShould()
                .haveSimpleNameEndingWith("IT")
                .check(TESTS);
    }

    @Test
    void everyTestOnAMiniClusterHasATimeout() {
        classes()
                .that(holdTests())
                .and(useAMiniCluster())
                .should()
                .beAnnotatedWith(Timeout.class)
                .because("a task that fails while it starts can hang the test for ever")
                .check(TESTS);
    }

    private static DescribedPredicate<JavaClass> holdTests() {
        return DescribedPredicate.describe(
                "hold tests",
                type ->
                        type.isTopLevelClass()
                                && type.getMethods().stream().anyMatch(ArchitectureTest::isTest));
    }

    private static boolean isTest(JavaMethod method) {
        return method.isAnnotatedWith(Test.class)
                || method.isAnnotatedWith(TestFactory.class)
                || method.isAnnotatedWith(ParameterizedTest.class)
                || method.isAnnotatedWith(Property.class);
    }

    private static DescribedPredicate<JavaClass> useAMiniCluster() {
        return DescribedPredicate.describe(
                "use a mini cluster",
                type ->
                        type.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass().getSimpleName())
                                .anyMatch(
                                        name ->
                                                name.startsWith("MiniCluster")
                                                        || name.equals(
                                                                "StreamExecutionEnvironment")));
    }
}
