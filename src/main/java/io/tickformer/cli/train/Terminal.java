package io.tickformer.cli.train;

import java.io.Console;
import java.lang.reflect.Method;

/** Whether a person is watching. */
final class Terminal {
    private Terminal() {}

    /** Whether input and output are a terminal. */
    // Java 22 and later return a console without a terminal too; there it is asked.
    @SuppressWarnings("SystemConsoleNull")
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            Method isTerminal = Console.class.getMethod("isTerminal");
            return (boolean) isTerminal.invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
