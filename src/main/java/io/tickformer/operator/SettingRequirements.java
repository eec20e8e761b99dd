package io.tickformer.operator;

/** Checks the values of settings. */
final class SettingRequirements {
    private SettingRequirements() {}

    /**
     * Requires that a value is allowed.
     *
     * @throws IllegalArgumentException if it is not
     */
    static void require(boolean holds, String field, Object given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is %s; expected %s".formatted(field, given, expected));
        }
    }
}
