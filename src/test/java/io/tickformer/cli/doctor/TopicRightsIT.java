package io.tickformer.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.kafka.TopicAdmin;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.Installation;
import io.tickformer.testing.CommandRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The doctor as a user who may see topics and do nothing with them. */
@Timeout(300)
final class TopicRightsIT {
    /** The user of a connection without authentication. */
    private static final String US = "User:ANONYMOUS";

    @Test
    void rightsThatAreMissingAndTransactionsThatAreTooLongAreNamed() throws Exception {
        try (BrokerProcess broker =
                BrokerProcess.start(
                        Installation.current(),
                        0,
                        null,
                        Map.of(
                                "authorizer.class.name",
                                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                                "allow.everyone.if.no.acl.found",
                                "true",
                                "transaction.max.timeout.ms",
                                "5000"))) {
            String servers = broker.bootstrapServers();
            try (TopicAdmin topics = new TopicAdmin(servers, Duration.ofMinutes(1))) {
                topics.create(List.of("readings", "forecasts"), 1, 1);
            }
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                // Once a resource has one entry, whoever has none is kept out.
                admin.createAcls(
                                List.of(
                                        allow(ResourceType.TOPIC, "readings", US),
                                        allow(ResourceType.TOPIC, "forecasts", US),
                                        allow(ResourceType.GROUP, "tickformer", "User:other")))
                        .all()
                        .get();
            }

            CommandRun run =
                    CommandRun.of(
                            "doctor",
                            "--kafka.bootstrap-servers=" + servers,
                            "--source.topics=readings",
                            "--source.format=json",
                            "--sink.format=json");

            assertThat(run.code()).as(run.out()).isEqualTo(3);
            assertThat(run.out())
                    .containsPattern("problem +input-topics +this user may not read topic readings")
                    .containsPattern(
                            "problem +input-topics +this user may not read with the consumer group"
                                    + " tickformer")
                    .containsPattern(
                            "problem +output-topics +this user may not write to topic forecasts")
                    .containsPattern("problem +transactions +.*transaction.max.timeout.ms")
                    .contains("grant it READ on that group");
        }
    }

    private static AclBinding allow(ResourceType type, String name, String user) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry(user, "*", AclOperation.DESCRIBE, AclPermissionType.ALLOW));
    }
}
