package io.tickformer.console;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarConsumer;

/** Whether a person is watching, and how to draw for them. */
public final class Terminal {
    private static final int COMMON_WIDTH = 80;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,4})");

    private Terminal() {}

    /** Whether input and output are a terminal. */
    // Java 22 and later return a console without a terminal too; there it is asked.
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isThere() {
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

    /**
     * Where progress bars draw: standard error, as wide as the terminal. Every bar must be given
     * it: left alone, the library opens a terminal of its own to learn the width, and that takes
     * Ctrl-C away from the virtual machine, so that no shutdown hook runs.
     */
    public static ProgressBarConsumer barConsumer() {
        return new ConsoleProgressBarConsumer(System.err, width());
    }

    /** Columns of the terminal, as {@code stty} says; a common number where there is none. */
    private static int width() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String size;
            try (BufferedReader reader = stty.inputReader()) {
                size = reader.readLine();
            }
            Matcher matcher = SIZE.matcher(size == null ? "" : size);
            int width = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            return width > 0 ? width : COMMON_WIDTH;
        } catch (IOException e) {
            return COMMON_WIDTH;
        }
    }
}
