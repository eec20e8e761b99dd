package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The failure of a job, described for the user.
 *
 * @param reason the reason in one line
 * @param advice what to do, if it is known and not part of the reason
 * @param isMendable whether the reason or the advice says what to do
 */
@Internal
public record Failure(String reason, Optional<String> advice, boolean isMendable) {
    private static final int LONGEST = 300;

    /** Exceptions of this library whose messages say what to do. Their causes do not matter. */
    private static final Set<String> TELLING = Set.of("LostTransactionException", "StateException");

    /** Texts that identify a failure, and what to do about it. The first match is the advice. */
    private static final List<Remedy> REMEDIES =
            List.of(
                    new Remedy(
                            "set sink.transaction-timeout to at most the broker's"
                                    + " transaction.max.timeout.ms (15 min by default)",
                            "InvalidTxnTimeoutException",
                            "transaction timeout is larger"),
                    new Remedy(
                            "another job uses the same transactional ids, or an outage was longer"
                                    + " than sink.transaction-timeout: give each job its own"
                                    + " sink.transactional-id-prefix",
                            "ProducerFencedException",
                            "InvalidProducerEpochException"),
                    new Remedy(
                            "the broker aborted a transaction: sink.transaction-timeout must be"
                                    + " longer than checkpoint.interval and any outage",
                            "InvalidTxnStateException",
                            "InvalidPidMappingException"),
                    new Remedy(
                            "raise max.message.bytes of the topic and"
                                    + " kafka.properties.max.request.size, or lower"
                                    + " forecast.horizon or forecast.quantile-levels",
                            "RecordTooLargeException"),
                    new Remedy(
                            "grant that right to the user in kafka.properties.sasl.jaas.config",
                            "AuthorizationException"),
                    new Remedy(
                            "check the user and the password in kafka.properties.sasl.jaas.config",
                            "SaslAuthenticationException"),
                    new Remedy(
                            "the topic does not exist any more: create it, or restart the job,"
                                    + " which creates missing output topics",
                            "UnknownTopicOrPartitionException",
                            "not present in metadata"),
                    new Remedy(
                            "the state does not fit into the JobManager's memory: set"
                                    + " checkpoint.directory to a folder or bucket that all"
                                    + " processes can reach",
                            "maximum permitted memory-backed state"),
                    new Remedy(
                            "a checkpoint takes longer than flink.execution.checkpointing.timeout:"
                                    + " the sink or checkpoint.directory is slow",
                            "Checkpoint expired before completing"),
                    new Remedy(
                            "give the process more memory (TICKFORMER_HEAP=4g for the command), or"
                                    + " keep the state on disk with"
                                    + " checkpoint.state-backend=rocksdb",
                            "OutOfMemoryError"),
                    new Remedy(
                            "there are fewer task slots than job.parallelism: lower it, or start"
                                    + " more TaskManagers",
                            "NoResourceAvailableException"),
                    new Remedy(
                            "are the brokers of kafka.bootstrap-servers running?",
                            "org.apache.kafka.common.errors.TimeoutException"),
                    new Remedy(
                            "is the schema registry of registry.url running?",
                            "RegistryException"));

    private record Remedy(String advice, List<String> signs) {
        Remedy(String advice, String... signs) {
            this(advice, List.of(signs));
        }

        boolean fits(String all) {
            return signs.stream().anyMatch(all::contains);
        }
    }

    Failure(String reason, Optional<String> advice) {
        this(reason, advice, advice.isPresent());
    }

    /** Describes an exception and its causes. */
    public static Failure of(Throwable failure) {
        StringBuilder all = new StringBuilder();
        Throwable told = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (TELLING.contains(cause.getClass().getSimpleName()) && message != null) {
                return new Failure(message, Optional.empty(), true);
            }
            all.append(cause.getClass().getName()).append(' ').append(message).append('\n');
            if (message != null && !message.isBlank()) {
                told = cause;
            }
        }
        return new Failure(words(told), advice(all.toString()));
    }

    /** Describes a failure from a message that Flink has kept. */
    public static Failure of(String message) {
        return new Failure(line(message), advice(message));
    }

    private static String words(Throwable told) {
        String message = told.getMessage();
        if (message == null || message.isBlank()) {
            return told.getClass().getSimpleName();
        }
        // Messages of Java's own exceptions make no sense without the class name.
        boolean ofJava = told.getClass().getName().startsWith("java.");
        return line(ofJava ? told.getClass().getSimpleName() + ": " + message : message);
    }

    private static String line(String message) {
        String line = message.strip().lines().findFirst().orElse("").replaceAll("\\p{Cntrl}+", " ");
        // Flink puts the class name before the message.
        String plain =
                line.replaceFirst("^(?:[a-z]\\w*\\.)+([A-Z][\\w$]*): ", "")
                        .replaceFirst("\\.+$", "");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }

    private static Optional<String> advice(String all) {
        for (Remedy remedy : REMEDIES) {
            if (remedy.fits(all)) {
                return Optional.of(remedy.advice);
            }
        }
        return Optional.empty();
    }

    /** Reason and advice in one line. */
    @Override
    public String toString() {
        return advice.map(text -> reason + "; " + text).orElse(reason);
    }
}
