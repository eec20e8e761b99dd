package io.tickformer.sql;

import org.apache.flink.table.api.ValidationException;

/** What a statement asks for is not possible. The message is one line that names the argument. */
final class SqlArgumentException extends ValidationException {
    private static final long serialVersionUID = 1L;

    SqlArgumentException(String message) {
        super(message);
    }

    SqlArgumentException(String message, Throwable cause) {
        super(message, cause);
    }

    /** An argument that has another value than expected. */
    static SqlArgumentException of(String argument, Object given, String expected) {
        return new SqlArgumentException(
                "%s is %s; expected %s".formatted(argument, given, expected));
    }
}
