package io.tickformer.kafka.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the releases to those of Kafka's own server. */
final class KafkaReleaseTest {
    @ParameterizedTest
    @EnumSource(MetadataVersion.class)
    void aLevelBelongsToTheReleaseOfKafkasServer(MetadataVersion version) {
        assertThat(KafkaRelease.of(version.featureLevel())).isEqualTo(version.shortVersion());
    }
}
