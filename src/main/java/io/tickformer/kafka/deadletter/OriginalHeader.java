package io.tickformer.kafka.deadletter;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * An unchanged header of a record.
 *
 * @param name its name; other headers of the record may have the same one
 * @param value its bytes, or null
 */
@Internal
public record OriginalHeader(String name, @Nullable byte[] value) {
    public OriginalHeader {
        Objects.requireNonNull(name, "name");
    }

    /** The headers of a record in order. */
    public static List<OriginalHeader> of(Headers headers) {
        List<OriginalHeader> originals = new ArrayList<>();
        for (Header header : headers) {
            originals.add(new OriginalHeader(header.key(), header.value()));
        }
        return originals;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OriginalHeader that
                && name.equals(that.name)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "%s (%d bytes)".formatted(name, value == null ? 0 : value.length);
    }
}
