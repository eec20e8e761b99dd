package io.tickformer.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of the model and the GPU. */
final class ModelChecksTest {
    @TempDir private Path folder;

    private final Check check = new ModelCheck(System::nanoTime);

    private static String path(Path model) {
        return "--model.path=" + model;
    }

    @Test
    void aModelThatFitsIsDescribedAndTimed() throws Exception {
        Path model =
                Files.write(
                        folder.resolve("m.onnx"), TestModels.transformer(TestModels.STREAMING, 1));
        Examination examination = Examined.of(path(model), "--tick.length=1min");

        List<Finding> found = Examined.by(check, examination);

        assertThat(found).extracting(Finding::status).containsOnly(Status.OK);
        assertThat(found.get(0).seen())
                .contains("is test 1: ticks of 1 min, a context of 10, a horizon of 4, 3 quantile");
        assertThat(found.get(1).seen()).contains("with the cache", "series a tick");
        assertThat(examination.tickLength().orElseThrow().toMillis()).isEqualTo(60_000);
    }

    @Test
    void aModelThatIsCutOffIsAProblemAndNotTimed() throws Exception {
        byte[] whole = TestModels.transformer(TestModels.STREAMING, 1);
        Path model = Files.write(folder.resolve("m.onnx"), Arrays.copyOf(whole, whole.length / 2));
        Examination examination = Examined.of(path(model));

        List<Finding> found = Examined.by(check, examination);

        assertThat(found)
                .extracting(Finding::status)
                .containsExactly(Status.PROBLEM, Status.SKIPPED);
        assertThat(found.get(0).seen()).startsWith("model.path is " + model);
        assertThat(found.get(0).advice()).contains("tickformer inspect");
        assertThat(examination.model()).isEmpty();
    }

    @Test
    void aTickThatIsNotTheModelsIsAProblem() throws Exception {
        Path model =
                Files.write(
                        folder.resolve("m.onnx"), TestModels.transformer(TestModels.STREAMING, 1));

        List<Finding> found = Examined.by(check, Examined.of(path(model), "--tick.length=1h"));

        assertThat(found.get(0))
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .contains("tick.length is", "1 min");
    }

    @Test
    void aGpuThatIsAskedForAndNotThereIsAProblemAndOneThatMayBeMissingAWarning() throws Exception {
        Path model =
                Files.write(
                        folder.resolve("m.onnx"), TestModels.transformer(TestModels.STREAMING, 1));

        for (Status expected : List.of(Status.PROBLEM, Status.WARNING)) {
            String provider = expected == Status.PROBLEM ? "cuda" : "auto";
            Examination examination = Examined.of(path(model), "--model.provider=" + provider);
            Examined.by(check, examination);
            Finding found = Examined.only(Examined.by(new GpuCheck(), examination), Subject.GPU);
            if (found.status() != Status.OK) {
                // Where the tests run on a GPU it is found.
                assertThat(found.status()).isEqualTo(expected);
                assertThat(found.seen()).contains("provider cuda");
            }
        }
    }
}
