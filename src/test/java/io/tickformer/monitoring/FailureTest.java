package io.tickformer.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FailureTest {
    private record Case(Throwable failure, String reason, String advice) {}

    static List<Case> cases() {
        return List.of(
                new Case(
                        new KafkaException(
                                "Unexpected", new InvalidTxnTimeoutException("too long")),
                        "too long",
                        "set sink.transaction-timeout to at most"),
                new Case(
                        new ProducerFencedException("there is a newer producer"),
                        "there is a newer producer",
                        "its own sink.transactional-id-prefix"),
                new Case(
                        new IOException("send", new RecordTooLargeException("5 MB")),
                        "5 MB",
                        "lower forecast.horizon or forecast.quantile-levels"),
                new Case(
                        new TopicAuthorizationException("Not authorized to access topics: [x]"),
                        "Not authorized to access topics: [x]",
                        "grant that right to the user in kafka.properties.sasl.jaas.config"),
                new Case(
                        new UnknownTopicOrPartitionException("no such topic"),
                        "no such topic",
                        "the topic does not exist any more"),
                new Case(
                        new TimeoutException("Timed out waiting for a node assignment."),
                        "Timed out waiting for a node assignment",
                        "are the brokers of kafka.bootstrap-servers running?"),
                new Case(
                        new IOException(
                                "Size of the state is larger than the maximum permitted"
                                        + " memory-backed state. Size=6"),
                        "IOException: Size of the state is larger than the maximum permitted"
                                + " memory-backed state. Size=6",
                        "set checkpoint.directory"),
                new Case(
                        new OutOfMemoryError("Java heap space"),
                        "OutOfMemoryError: Java heap space",
                        "TICKFORMER_HEAP=4g"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFailureIsSaidInOneLineWithTheSettingThatMendsIt(Case given) {
        Failure failure = Failure.of(given.failure);
        assertThat(failure.reason()).isEqualTo(given.reason);
        assertThat(failure.advice().orElseThrow()).contains(given.advice);
        assertThat(failure.toString()).doesNotContain("\n").startsWith(given.reason);
    }

    /** As the sink's, by its name. */
    private static final class LostTransactionException extends IOException {
        private static final long serialVersionUID = 1L;

        LostTransactionException(Throwable cause) {
            super("the forecasts in it are lost: " + "set more ".repeat(50), cause);
        }
    }

    @Test
    void aFailureOfOursThatSaysWhatToDoIsSaidWholeWhateverIsBehindIt() {
        Throwable lost =
                new LostTransactionException(
                        new ProducerFencedException("there is a newer producer"));

        Failure failure = Failure.of(new IllegalStateException("a task failed", lost));

        assertThat(failure).hasToString(lost.getMessage());
        assertThat(failure.isMendable()).isTrue();
    }

    @Test
    void aFailureThatIsNotKnownIsSaidAsItIs() {
        Failure failure =
                Failure.of(new IllegalStateException(new NullPointerException("a is null\nthere")));
        assertThat(failure).hasToString("NullPointerException: a is null");
    }

    @Test
    void aFailureWithoutWordsIsSaidByItsClass() {
        assertThat(Failure.of(new IllegalStateException())).hasToString("IllegalStateException");
    }

    @Test
    void wordsThatFlinkKeptOfAFailureLoseItsPackage() {
        assertThat(Failure.of("org.apache.flink.util.FlinkException: the slot is gone."))
                .hasToString("the slot is gone");
    }

    @Test
    void aLongReasonIsCut() {
        assertThat(Failure.of("x".repeat(5_000)).reason()).hasSizeLessThan(310).endsWith("...");
    }
}
