package io.tickformer.kafka.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

class AvroBinaryEncoderPropertyTest {
    private final AvroBinaryEncoder out = new AvroBinaryEncoder();

    @Property
    void whatIsWrittenAvroReads(
            @ForAll long number, @ForAll String text, @ForAll @Size(max = 200) List<Double> doubles)
            throws IOException {
        out.clear();
        out.writeRaw(new byte[] {7});
        out.writeLong(number);
        out.writeString(text);
        double[] all = new double[doubles.size() + 2];
        for (int i = 0; i < doubles.size(); i++) {
            all[i + 1] = doubles.get(i);
        }
        out.writeDoubles(all, 1, doubles.size());
        out.startArray(1);
        out.writeLong(-number);
        out.endArray();

        byte[] bytes = out.toByteArray();
        assertThat(bytes[0]).isEqualTo((byte) 7);
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null);
        assertThat(in.readLong()).isEqualTo(number);
        assertThat(in.readString()).isEqualTo(new String(text.getBytes(UTF_8), UTF_8));
        assertThat(in.readArrayStart()).isEqualTo(doubles.size());
        for (double value : doubles) {
            assertThat(in.readDouble()).isEqualTo(value);
        }
        assertThat(doubles.isEmpty() ? 0 : in.arrayNext()).isZero();
        assertThat(in.readArrayStart()).isEqualTo(1);
        assertThat(in.readLong()).isEqualTo(-number);
        assertThat(in.arrayNext()).isZero();
        assertThat(in.isEnd()).isTrue();
    }
}
