package io.tickformer.console;

import io.tickformer.annotation.Internal;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarConsumer;

/** Tells whether a person is at the terminal, and gives progress bars their output. */
@Internal
public final class Terminal {
    private static final int COMMON_WIDTH = 80;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,4})");

    private Terminal() {}

    /** Whether input and output are a terminal. */
    // From Java 22 on, System.console() is not null without a terminal: ask isTerminal().
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
     * Returns the output of progress bars: standard error, as wide as the terminal. Pass it to
     * every bar. Without it, the library opens its own terminal to find the width. That takes
     * Ctrl-C away from the virtual machine, and no shutdown hook runs.
     */
    public static ProgressBarConsumer barConsumer() {
        return new ConsoleProgressBarConsumer(System.err, width());
    }

    /** Width of the terminal in columns, from {@code stty}, or 80 without a terminal. */
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
