package io.tickformer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerMainTest {

    @Test
    void aClusterIdThatBeginsWithADashIsNoOption(@TempDir Path folder) throws Exception {
        String id = "-BCDEFGHIJKLMNOPQRSTUA";
        Path properties =
                Files.write(
                        folder.resolve("server.properties"),
                        List.of(
                                "process.roles=broker,controller",
                                "node.id=1",
                                "controller.quorum.voters=1@127.0.0.1:1",
                                "listeners=PLAINTEXT://127.0.0.1:2,CONTROLLER://127.0.0.1:1",
                                "controller.listener.names=CONTROLLER",
                                "log.dirs=" + folder.resolve("data")));
        BrokerMain.format(id, properties.toString());
        assertThat(folder.resolve("data/meta.properties")).content().contains("cluster.id=" + id);
    }
}
