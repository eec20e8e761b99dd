package io.tickformer.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.serialization.GoldenValues.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes of released jobs that an unaligned checkpoint may hold: they are read, and still written.
 */
final class GoldenValuesTest {

    static Set<String> names() {
        return GoldenValues.all().keySet();
    }

    private static byte[] golden(String name) throws IOException {
        String hex = Files.readString(GoldenValues.file(name), StandardCharsets.US_ASCII);
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theReleasedBytesAreRead(String name) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(golden(name));

        TypeSerializer<Object> serializer = serializer(in);

        assertThat(serializer.deserialize(in)).isEqualTo(GoldenValues.all().get(name).value());
        assertThat(in.available()).isZero();
    }

    private static TypeSerializer<Object> serializer(DataInputDeserializer in) throws IOException {
        TypeSerializerSnapshot<Object> snapshot =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        in, GoldenValuesTest.class.getClassLoader());
        return snapshot.restoreSerializer();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theReleasedBytesAreStillWritten(String name) throws IOException {
        Golden<?> golden = GoldenValues.all().get(name);

        assertThat(HexFormat.of().formatHex(golden.bytes()))
                .isEqualTo(HexFormat.of().formatHex(golden(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void anUnknownVersionIsRefusedForGood(String name) throws IOException {
        byte[] bytes = golden(name);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        TypeSerializer<Object> serializer = serializer(in);
        bytes[in.getPosition()] = 77;

        assertThatThrownBy(() -> serializer.deserialize(in))
                .hasMessageContaining("format version 77; expected ")
                .hasMessageContaining("written by another release")
                .matches(
                        e ->
                                ThrowableClassifier.getThrowableType(e)
                                        == ThrowableType.NonRecoverableError);
    }

    @Test
    void everyFileIsTested() throws IOException {
        try (Stream<Path> files = Files.list(GoldenValues.file("any").getParent())) {
            List<String> found =
                    files.map(file -> file.getFileName().toString().replace(".hex", "")).toList();

            assertThat(found).containsExactlyInAnyOrderElementsOf(names());
        }
    }
}
