package io.tickformer.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/** Starts a broker, writes its process id into a file and waits to be killed. */
final class StarterMain {
    private StarterMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (BrokerProcess broker = BrokerProcess.start()) {
            Path file = Path.of(arguments[0]);
            Path draft = file.resolveSibling("draft");
            Files.writeString(
                    draft, String.valueOf(broker.process().pid()), StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            new CountDownLatch(1).await();
        }
    }
}
