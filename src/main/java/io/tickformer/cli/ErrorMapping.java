package io.tickformer.cli;

import io.tickformer.console.ExitCodes;
import io.tickformer.console.UserError;
import io.tickformer.history.HistoryException;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.job.OptionException;
import io.tickformer.spec.SpecException;
import io.tickformer.training.TrainingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Maps exceptions of commands to output and exit code: one line on standard error and exit code 2
 * for a mistake of the user, a stack trace and exit code 1 for an internal error.
 */
final class ErrorMapping implements IExecutionExceptionHandler, IParameterExceptionHandler {
    /** Exceptions whose message is written for the user. */
    private static final List<Class<? extends RuntimeException>> WRITTEN_FOR_THE_USER =
            List.of(
                    UserError.class,
                    SpecException.class,
                    HistoryException.class,
                    OptionException.class,
                    TrainingException.class,
                    InferenceException.class);

    @Override
    public int handleExecutionException(
            Exception exception, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            String line = lineFor(cause);
            if (line != null) {
                // Names of columns, series and tensors come from files and may contain any
                // character.
                err.println("error: " + line.replaceAll("\\p{Cntrl}+", " "));
                err.flush();
                return ExitCodes.USER_ERROR;
            }
        }
        err.println("internal error; please report it with the lines below");
        exception.printStackTrace(err);
        err.flush();
        return ExitCodes.INTERNAL_ERROR;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("error: " + exception.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCodes.USER_ERROR;
    }

    /** The line to print for a mistake of the user, or null for any other throwable. */
    private static String lineFor(Throwable cause) {
        for (Class<? extends RuntimeException> type : WRITTEN_FOR_THE_USER) {
            if (type.isInstance(cause)) {
                return cause.getMessage();
            }
        }
        if (cause instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        // Other I/O errors, such as a full disk, carry the message of the operating system.
        if (cause instanceof IOException && cause.getMessage() != null) {
            return cause.getMessage();
        }
        return null;
    }

    private static String reason(FileSystemException file) {
        if (file instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (file instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (file instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (file instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (file instanceof DirectoryNotEmptyException) {
            return "the directory is not empty";
        }
        return file.getReason() == null ? "cannot be read or written" : file.getReason();
    }
}
