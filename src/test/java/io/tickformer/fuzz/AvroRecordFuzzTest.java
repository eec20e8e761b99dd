package io.tickformer.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickformer.kafka.CheckedDecoder;
import io.tickformer.kafka.decode.InputLayout;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Any bytes where a frame of the Confluent wire format is expected, of schemas of many kinds. */
final class AvroRecordFuzzTest {
    /** By id. */
    static final List<Schema> SCHEMAS =
            Stream.of(
                            record("'string'", "'long'", "'double'"),
                            record(
                                    "['null','string','int']",
                                    "{'type':'long','logicalType':'timestamp-micros'}",
                                    "['null','float','string','boolean']"),
                            record(
                                    "{'type':'enum','name':'E','symbols':['A','B']}",
                                    "{'type':'int','logicalType':'date'}",
                                    "{'type':'bytes','logicalType':'decimal','precision':40,'scale':3}"),
                            record(
                                    "{'type':'fixed','name':'F','size':3}",
                                    "'string'",
                                    "{'type':'array','items':'null'}"),
                            record(
                                    "'bytes'",
                                    "{'type':'long','logicalType':'local-timestamp-nanos'}",
                                    "{'type':'map','values':'R'}"),
                            record("'string'", "'double'", "['null','R']"),
                            record(
                                    "{'type':'bytes','logicalType':'decimal','precision':9}",
                                    "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}",
                                    "{'type':'array','items':['null','R']}"),
                            "'long'",
                            "{'type':'array','items':'long'}")
                    .map(text -> new Schema.Parser().parse(text.replace('\'', '"')))
                    .toList();

    private final CheckedDecoder door =
            CheckedDecoder.avro(
                    InputLayout.ofObservations(),
                    id -> id >= 0 && id < SCHEMAS.size() ? SCHEMAS.get(id) : null);

    @FuzzTest
    void everyRecordIsDecodedOrADeadLetter(byte[] value) throws IOException {
        door.decode(value);
    }

    private static String record(String series, String time, String value) {
        return ("{'type':'record','name':'R','fields':[{'name':'series','type':%s},"
                        + "{'name':'event_time','type':%s},{'name':'value','type':%s}]}")
                .formatted(series, time, value);
    }
}
