package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JobIdentityTest {
    private static JobSettings settings(String... namesAndValues) {
        Map<String, String> given = new HashMap<>();
        given.put("kafka.bootstrap-servers", "broker:9092");
        given.put("model.path", "model.onnx");
        given.put("source.format", "json");
        given.put("sink.format", "json");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return JobSettings.of(given);
    }

    @Test
    void jobsThatReadOrWriteOtherTopicsOrInAnotherGroupHaveTransactionsOfTheirOwn() {
        assertThat(
                        new String[] {
                            JobIdentity.transactionalIdPrefix(settings()),
                            JobIdentity.transactionalIdPrefix(settings("sink.topic", "other")),
                            JobIdentity.transactionalIdPrefix(settings("source.topics", "a,b")),
                            JobIdentity.transactionalIdPrefix(settings("kafka.group-id", "g"))
                        })
                .containsExactly(
                        "tickformer-observations-forecasts",
                        "tickformer-observations-other",
                        "tickformer-a-b-forecasts",
                        "g-observations-forecasts");
    }

    @Test
    void theOrderOfTopicsMakesNoOtherJob() {
        assertThat(JobIdentity.of(settings("source.topics", "b,a")))
                .isEqualTo(JobIdentity.of(settings("source.topics", "a,b")));
    }

    @Test
    void aPrefixThatIsSetIsTaken() {
        assertThat(
                        JobIdentity.transactionalIdPrefix(
                                settings("sink.transactional-id-prefix", "mine")))
                .isEqualTo("mine");
    }

    @Test
    void asAFolderItHasNothingThatAFileSystemMinds() {
        assertThat(JobIdentity.folder(settings())).isEqualTo("tickformer-observations-forecasts");
        assertThat(JobIdentity.folder(settings("kafka.group-id", "../käse")))
                .matches("\\.\\._k_se-observations-forecasts-[0-9a-f]{8}");
        assertThat(JobIdentity.folder(settings("kafka.group-id", "g".repeat(400))))
                .hasSizeLessThan(200)
                .isNotEqualTo(JobIdentity.folder(settings("kafka.group-id", "g".repeat(401))));
    }
}
