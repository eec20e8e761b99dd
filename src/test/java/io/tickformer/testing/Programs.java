package io.tickformer.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Programs that a machine may have. */
public final class Programs {

    private Programs() {}

    /** Whether a command is there and ends without an error. */
    public static boolean succeeds(String... command) {
        try (WatchedProcess process =
                WatchedProcess.start(command[0], List.of(command), Map.of())) {
            process.awaitEnd(Duration.ofMinutes(1));
            return true;
        } catch (IOException | IllegalStateException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
