package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSnapshotTest {
    @TempDir private Path directory;

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        TrainingSnapshot snapshot = snapshot();
        snapshot.write(file());

        assertThat(TrainingSnapshot.read(file())).isEqualTo(snapshot);
        assertThat(directory.toFile().list()).containsExactly("m.onnx.snapshot");
    }

    @Test
    void anUnknownVersionIsRefused() throws IOException {
        snapshot().write(file());
        byte[] bytes = Files.readAllBytes(file());
        ByteBuffer.wrap(bytes).putInt(Integer.BYTES, 9);
        Files.write(file(), bytes);

        assertRefused(
                ": the training snapshot has format version 9; expected 2: it was written by another"
                        + " release, train anew");
    }

    @Test
    void aDamagedOrShortFileIsRefused() throws IOException {
        snapshot().write(file());
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);
        assertRefused(": the training snapshot is damaged; train anew without --resume");

        Files.write(file(), Arrays.copyOf(bytes, 9));
        assertRefused(": the training snapshot is damaged; train anew without --resume");
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Files.writeString(file(), "date,load\n2016-07-01,1\n");

        assertRefused(": this is no training snapshot");
    }

    @Test
    void everythingThatDiffersIsNamed() throws IOException {
        Map<String, String> other = new TreeMap<>(Map.of("seed", "2", "batch", "8", "steps", "5"));

        assertThatThrownBy(() -> snapshot().requireDescription(file(), other))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("batch was 4 and is now 8; seed was 1 and is now 2; resume");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> TrainingSnapshot.read(file()))
                .isInstanceOf(TrainingException.class)
                .hasMessage(file() + message);
    }

    private Path file() {
        return directory.resolve("m.onnx.snapshot");
    }

    private static TrainingSnapshot snapshot() {
        OptimiserState state =
                new OptimiserState(
                        new float[] {1, 2, 3},
                        new float[] {4, 5, 6},
                        new float[] {7, 8, 9},
                        new float[] {1, 1, 2},
                        17);
        RunState run =
                new RunState(
                        state,
                        new float[] {1, 0, -1},
                        List.of(
                                new LearningCurvePoint(
                                        10, 0.75, new ValidationScores(1, 2, 3, 4, 5, 6))),
                        0,
                        1.5,
                        3,
                        12.5);
        return new TrainingSnapshot(
                new TreeMap<>(Map.of("seed", "1", "batch", "4", "steps", "5")),
                List.of(new EndedRun(StopReason.STOPPED_EARLY, run)),
                run);
    }
}
