package io.tickformer.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickformer.kafka.CheckedDecoder;
import io.tickformer.kafka.decode.InputLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Any answer of a schema registry, and any record said to be of the schema in it: the input is the
 * answer's body up to the first zero byte, and after it the record's Avro.
 */
final class RegistryAnswerFuzzTest {
    @FuzzTest
    void anAnswerGivesASchemaThatReadsRecordsOrIsRefused(byte[] input) throws IOException {
        int end = 0;
        while (end < input.length && input[end] != 0) {
            end++;
        }
        String body = new String(input, 0, end, StandardCharsets.UTF_8);
        byte[] payload = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
        CheckedDecoder.answeredBy(InputLayout.ofObservations(), body)
                .decode(CheckedDecoder.frame(1, payload));
    }
}
