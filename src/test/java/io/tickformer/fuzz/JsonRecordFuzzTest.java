package io.tickformer.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickformer.kafka.Door;
import io.tickformer.kafka.decode.InputLayout;
import java.io.IOException;
import java.util.List;

/** Any bytes where JSON is expected. */
final class JsonRecordFuzzTest {
    private final List<Door> doors =
            List.of(
                    Door.json(InputLayout.ofObservations()),
                    Door.json(Door.layout("", "at", "reading.kw", "volt")),
                    Door.json(Door.layout("meter.id", "", "value")));

    @FuzzTest
    void everyRecordIsDecodedOrADeadLetter(byte[] value) throws IOException {
        for (Door door : doors) {
            door.decode(value);
        }
    }
}
