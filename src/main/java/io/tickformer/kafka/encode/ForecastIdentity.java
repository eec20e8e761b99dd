package io.tickformer.kafka.encode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tickformer.annotation.Internal;
import io.tickformer.kafka.registry.BoundedAvroDecoder;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.registry.UndecodableException;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;

/**
 * Identifies one forecast: a series and a tick. Only the beginning of a record is read, and not the
 * hundreds of numbers after it.
 *
 * @param series key of the series
 * @param tickIndex the tick that the forecast was issued at
 * @param tickMillis length of its ticks
 */
@Internal
public record ForecastIdentity(String series, long tickIndex, long tickMillis) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads the value of a forecast's record, either Avro in the Confluent wire format or JSON.
     *
     * @throws UndecodableException if the value is not a forecast
     */
    public static ForecastIdentity read(byte[] value) throws UndecodableException {
        if (value == null || value.length == 0) {
            throw new UndecodableException("the value is empty");
        }
        try {
            return value[0] == ConfluentFrame.MAGIC ? ofAvro(value) : ofJson(value);
        } catch (IOException | AvroRuntimeException e) {
            throw new UndecodableException("the value is not a forecast: " + e.getMessage(), e);
        }
    }

    /** The fields are in the order of {@code schemas/forecast.avsc}. */
    private static ForecastIdentity ofAvro(byte[] value) throws IOException {
        int header = ConfluentFrame.HEADER_LENGTH;
        if (value.length <= header) {
            throw new IOException("%d bytes".formatted(value.length));
        }
        BoundedAvroDecoder decoder = new BoundedAvroDecoder(value, header, value.length - header);
        String series = decoder.readString();
        long index = decoder.readLong();
        decoder.readLong(); // The time of the tick follows from its index.
        return new ForecastIdentity(series, index, decoder.readLong());
    }

    private static ForecastIdentity ofJson(byte[] value) throws IOException, UndecodableException {
        String series = null;
        Long index = null;
        Long millis = null;
        try (JsonParser json = JSON.createParser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UndecodableException("the value is not a JSON object");
            }
            while ((series == null || index == null || millis == null)
                    && json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                if (name.equals("series") && token == JsonToken.VALUE_STRING) {
                    series = json.getText();
                } else if (name.equals("tick_index") && token == JsonToken.VALUE_NUMBER_INT) {
                    index = json.getLongValue();
                } else if (name.equals("tick_millis") && token == JsonToken.VALUE_NUMBER_INT) {
                    millis = json.getLongValue();
                } else {
                    json.skipChildren();
                }
            }
        }
        if (series == null || index == null || millis == null) {
            throw new UndecodableException(
                    "the value is not a forecast: series, tick_index or tick_millis is missing");
        }
        return new ForecastIdentity(series, index, millis);
    }
}
