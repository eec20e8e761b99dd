package io.tickformer.console;

import io.tickformer.annotation.Internal;
import io.tickformer.job.JobSettings;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.UnmatchedArgsBinding;
import picocli.CommandLine.UnmatchedArgumentException;

/** Separates settings of the job from a command's own options. */
@Internal
public final class JobSettingsSplitter {
    private JobSettingsSplitter() {}

    /** Passes all arguments that are not options of the command to the consumer. */
    public static void takeFrom(CommandSpec command, Consumer<List<String>> taker) {
        command.addUnmatchedArgsBinding(
                UnmatchedArgsBinding.forStringArrayConsumer(
                        new ISetter() {
                            @Override
                            public <T> T set(T unmatched) {
                                // Null clears the arguments of an earlier run of the command.
                                taker.accept(unmatched == null ? List.of() : texts(unmatched));
                                return null;
                            }
                        }));
    }

    private static List<String> texts(Object unmatched) {
        return List.of((String[]) unmatched);
    }

    /**
     * Checks that the remaining arguments are settings of the job. An unknown argument is reported
     * like an unknown option of any other command.
     *
     * @throws UnmatchedArgumentException if an argument is not a setting
     */
    public static void requireKnown(CommandLine command, List<String> arguments) {
        boolean valueMayFollow = false;
        for (String argument : arguments) {
            boolean known =
                    argument.startsWith("--") && JobSettings.isKnown(nameIn(argument).substring(2));
            boolean value = valueMayFollow && !argument.startsWith("--");
            if (!known && !value) {
                // Report this argument only: the others may contain secrets.
                throw new UnmatchedArgumentException(command, List.of(argument));
            }
            valueMayFollow = known && argument.indexOf('=') < 0;
        }
    }

    /** Returns the name in {@code --name=value} without the value, which may be a secret. */
    public static String nameIn(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }
}
