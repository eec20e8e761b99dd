package io.tickformer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class BinaryFormTest {
    private static DataInputStream in(byte... bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /** A form of text that began as a number, then as a single character. */
    @Test
    void aNewerFormReadsEveryOlderOne() throws IOException {
        BinaryForm<String> form =
                new BinaryForm<>(
                        "a text",
                        (text, out) -> out.writeUTF(text),
                        in -> Integer.toString(in.readInt()),
                        in -> Character.toString(in.readChar()),
                        DataInput::readUTF);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        form.write("abc", new DataOutputStream(written));

        assertThat(form.read(in(written.toByteArray()))).isEqualTo("abc");
        assertThat(form.read(in(new byte[] {1, 0, 0, 0, 7}))).isEqualTo("7");
        assertThat(form.read(in(new byte[] {2, 0, 'x'}))).isEqualTo("x");
        assertThatThrownBy(() -> form.read(in(new byte[] {4})))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessageStartingWith("a text has format version 4; expected 1 to 3: ");
        assertThatThrownBy(() -> form.read(in(new byte[] {0})))
                .isInstanceOf(UnknownFormatException.class);
    }
}
