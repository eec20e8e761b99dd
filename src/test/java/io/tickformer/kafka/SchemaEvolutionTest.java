package io.tickformer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.kafka.encode.ForecastAvro;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every release of a schema is kept under {@code src/test/resources/schemas/released}, NAME-1.avsc
 * and so on; today's must read what each of them wrote, and be read by each of them.
 */
final class SchemaEvolutionTest {
    private static final Path RELEASED =
            Repository.root().resolve("src/test/resources/schemas/released");
    private static final SchemaValidator FULL =
            new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

    @ParameterizedTest
    @ValueSource(strings = {"forecast", "observation"})
    void todaysSchemaReadsAndIsReadByEveryReleasedOne(String name) throws IOException {
        List<Schema> released = released(name);
        assertThat(released).isNotEmpty();
        assertThatCode(() -> FULL.validate(today(name), released)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"forecast", "observation"})
    void aFieldWithoutDefaultOrARemovedOneWouldBeRefused(String name) throws IOException {
        Schema today = today(name);
        List<Schema.Field> more = copies(today);
        more.add(new Schema.Field("unit", Schema.create(Schema.Type.STRING), "no default", null));
        List<Schema.Field> fewer = copies(today);
        fewer.remove(0);
        for (List<Schema.Field> fields : List.of(more, fewer)) {
            Schema changed =
                    Schema.createRecord(today.getName(), null, today.getNamespace(), false, fields);
            assertThatThrownBy(() -> FULL.validate(changed, released(name)))
                    .isInstanceOf(SchemaValidationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"forecast", "observation", "score", "anomaly", "event"})
    void everyFieldIsDocumented(String name) throws IOException {
        Schema schema = today(name);
        assertThat(schema.getDoc()).isNotBlank();
        assertThat(schema.getFields()).allSatisfy(field -> assertThat(field.doc()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"forecast-1"})
    void bytesWrittenTodayAreReadWithEveryReleasedSchema(String released) throws IOException {
        byte[] frame = new ForecastAvro(1).encode(Forecasts.one());
        Schema reader = parse(RELEASED.resolve(released + ".avsc"));
        GenericRecord record =
                new GenericDatumReader<GenericRecord>(Schemas.forecast(), reader)
                        .read(
                                null,
                                DecoderFactory.get()
                                        .binaryDecoder(frame, 5, frame.length - 5, null));
        assertThat(record.get("series")).hasToString(Forecasts.one().series());
        assertThat(record.get("quality")).hasToString("OK");
    }

    private static List<Schema.Field> copies(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(new Schema.Field(field, field.schema()));
        }
        return fields;
    }

    private static Schema today(String name) throws IOException {
        return parse(Repository.root().resolve("schemas").resolve(name + ".avsc"));
    }

    private static List<Schema> released(String name) throws IOException {
        List<Schema> schemas = new ArrayList<>();
        try (Stream<Path> files = Files.list(RELEASED)) {
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().startsWith(name + "-")) {
                    schemas.add(parse(file));
                }
            }
        }
        return schemas;
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }
}
