package io.tickformer.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of Java, memory and the temporary folder. */
final class LocalChecksTest {
    @TempDir private Path folder;

    private static Finding only(Check check) throws Exception {
        return Examined.only(Examined.by(check, Examined.of()), check.subjects().get(0));
    }

    @Test
    void aProcessorWithoutANativeLibraryIsAProblem() throws Exception {
        assertThat(only(new JavaCheck(17, "17.0.1", "Linux", "riscv64")))
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .contains("riscv64", "ONNX Runtime has no library");
    }

    @Test
    void aJavaThatFlinkIsNotTestedWithIsAWarning() throws Exception {
        assertThat(only(new JavaCheck(25, "25", "Linux", "amd64")).status())
                .isEqualTo(Status.WARNING);
        assertThat(only(new JavaCheck(21, "21", "Linux", "aarch64")).status()).isEqualTo(Status.OK);
        assertThat(only(new JavaCheck(11, "11", "Linux", "amd64")).status())
                .isEqualTo(Status.PROBLEM);
    }

    @Test
    void aHeapThatIsSmallOrTakesTheWholeMachineIsAWarning() throws Exception {
        assertThat(only(new MemoryCheck(128L << 20, 8L << 30, 2)))
                .returns(Status.WARNING, Finding::status)
                .extracting(Finding::advice)
                .asString()
                .contains("TICKFORMER_HEAP");
        assertThat(only(new MemoryCheck(8L << 30, 8L << 30, 2)).seen())
                .contains("8,192 MiB of 8,192 MiB", "may kill");
        assertThat(only(new MemoryCheck(2L << 30, 8L << 30, 1)))
                .returns(Status.OK, Finding::status)
                .returns("a heap of up to 2,048 MiB of 8,192 MiB, 1 core", Finding::seen);
        assertThat(only(new MemoryCheck(2L << 30, 0, 1)).status()).isEqualTo(Status.OK);
    }

    @Test
    void aTemporaryFolderThatIsMissingOrReadOnlyIsAProblem() throws Exception {
        Path mounts = Files.writeString(folder.resolve("mounts"), "");

        assertThat(only(new TemporaryFolderCheck(folder.resolve("gone"), mounts)))
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .endsWith("gone is not a folder");
        // Nobody can create files there, not even the superuser.
        assertThat(only(new TemporaryFolderCheck(Path.of("/proc"), mounts)))
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .startsWith("no file can be created in /proc");
    }

    @Test
    void aTemporaryFolderThatForbidsExecutionIsAProblemThatNamesTheMount() throws Exception {
        String place = folder.toRealPath().toString();
        Path mounts =
                Files.writeString(
                        folder.resolve("mounts"),
                        """
                        overlay / overlay rw,relatime 0 0
                        tmpfs %s tmpfs rw,nosuid,noexec 0 0
                        tmpfs %s-other tmpfs rw 0 0
                        """
                                .formatted(place, place));

        assertThat(only(new TemporaryFolderCheck(folder, mounts)))
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .contains("noexec");

        Files.writeString(
                mounts,
                """
                overlay / overlay rw,noexec 0 0
                tmpfs %s tmpfs rw 0 0
                """
                        .formatted(place));
        assertThat(only(new TemporaryFolderCheck(folder, mounts)).status()).isEqualTo(Status.OK);
    }
}
