package io.tickformer.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickformer.kafka.CheckedDecoder;
import io.tickformer.kafka.decode.InputLayout;
import java.io.IOException;
import java.util.List;

/** Any bytes where JSON is expected. */
final class JsonRecordFuzzTest {
    private final List<CheckedDecoder> doors =
            List.of(
                    CheckedDecoder.json(InputLayout.ofObservations()),
                    CheckedDecoder.json(CheckedDecoder.layout("", "at", "reading.kw", "volt")),
                    CheckedDecoder.json(CheckedDecoder.layout("meter.id", "", "value")));

    @FuzzTest
    void everyRecordIsDecodedOrADeadLetter(byte[] value) throws IOException {
        for (CheckedDecoder door : doors) {
            door.decode(value);
        }
    }
}
