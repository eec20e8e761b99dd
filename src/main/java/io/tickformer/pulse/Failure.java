package io.tickformer.pulse;

import java.util.List;
import java.util.Optional;

/**
 * Why a job failed, as a person is told.
 *
 * @param reason one line
 * @param advice what to do, where that is known
 */
public record Failure(String reason, Optional<String> advice) {
    private static final int LONGEST = 300;

    /** What a failure's texts hold, and what to do then. The first that fits is the advice. */
    private static final List<Remedy> REMEDIES =
            List.of(
                    new Remedy(
                            "InvalidTxnTimeoutException",
                            "set sink.transaction-timeout to at most the broker's"
                                    + " transaction.max.timeout.ms, 15 min where nobody has set it"),
                    new Remedy(
                            "transaction timeout is larger",
                            "set sink.transaction-timeout to at most the broker's"
                                    + " transaction.max.timeout.ms, 15 min where nobody has set it"),
                    new Remedy(
                            "ProducerFencedException",
                            "another job writes under the same transactional ids, or an outage was"
                                    + " longer than sink.transaction-timeout: give every job a"
                                    + " sink.transactional-id-prefix of its own"),
                    new Remedy(
                            "InvalidProducerEpochException",
                            "another job writes under the same transactional ids, or an outage was"
                                    + " longer than sink.transaction-timeout: give every job a"
                                    + " sink.transactional-id-prefix of its own"),
                    new Remedy(
                            "InvalidTxnStateException",
                            "the broker has given up a transaction: sink.transaction-timeout must be"
                                    + " longer than checkpoint.interval and any outage"),
                    new Remedy(
                            "InvalidPidMappingException",
                            "the broker has given up a transaction: sink.transaction-timeout must be"
                                    + " longer than checkpoint.interval and any outage"),
                    new Remedy(
                            "RecordTooLargeException",
                            "raise max.message.bytes of the topic and"
                                    + " kafka.properties.max.request.size, or lower"
                                    + " forecast.horizon or forecast.quantile-levels"),
                    new Remedy(
                            "AuthorizationException",
                            "give the user of kafka.properties.sasl.jaas.config that right"),
                    new Remedy(
                            "SaslAuthenticationException",
                            "check the user and the password in kafka.properties.sasl.jaas.config"),
                    new Remedy(
                            "UnknownTopicOrPartitionException",
                            "the topic is gone: create it, or start the job again, which creates"
                                    + " topics that it writes to"),
                    new Remedy(
                            "not present in metadata",
                            "the topic is gone: create it, or start the job again, which creates"
                                    + " topics that it writes to"),
                    new Remedy(
                            "OffsetOutOfRangeException",
                            "the records to go on from are deleted: source.start says where to begin"
                                    + " then"),
                    new Remedy(
                            "NoOffsetForPartitionException",
                            "the records to go on from are deleted: source.start says where to begin"
                                    + " then"),
                    new Remedy(
                            "maximum permitted memory-backed state",
                            "the contexts do not fit the JobManager's memory: set"
                                    + " checkpoint.directory to a folder or bucket that all"
                                    + " processes reach"),
                    new Remedy(
                            "Checkpoint expired before completing",
                            "a checkpoint takes longer than"
                                    + " flink.execution.checkpointing.timeout: the sink is slow, or"
                                    + " checkpoint.directory is"),
                    new Remedy(
                            "OutOfMemoryError",
                            "give the process more memory (TICKFORMER_HEAP=4g for the command), or"
                                    + " hold contexts on disk with"
                                    + " checkpoint.state-backend=rocksdb"),
                    new Remedy(
                            "NoResourceAvailableException",
                            "there are fewer slots than job.parallelism: lower it, or start more"
                                    + " TaskManagers"),
                    new Remedy(
                            "org.apache.kafka.common.errors.TimeoutException",
                            "are the brokers of kafka.bootstrap-servers there?"),
                    new Remedy(
                            "RegistryException", "is the schema registry of registry.url there?"));

    private record Remedy(String sign, String advice) {}

    /** Why, given the failure and everything that led to it. */
    public static Failure of(Throwable failure) {
        StringBuilder all = new StringBuilder();
        Throwable told = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause.getClass().getName())
                    .append(' ')
                    .append(cause.getMessage())
                    .append('\n');
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                told = cause;
            }
        }
        return new Failure(words(told), advice(all.toString()));
    }

    /** Why, given words that Flink has kept of a failure. */
    public static Failure of(String message) {
        return new Failure(line(message), advice(message));
    }

    private static String words(Throwable told) {
        String message = told.getMessage();
        if (message == null || message.isBlank()) {
            return told.getClass().getSimpleName();
        }
        // Messages of the language itself make no sense without their class.
        boolean ofJava = told.getClass().getName().startsWith("java.");
        return line(ofJava ? told.getClass().getSimpleName() + ": " + message : message);
    }

    private static String line(String message) {
        String line = message.strip().lines().findFirst().orElse("").replaceAll("\\p{Cntrl}+", " ");
        // Flink writes the class in front of the message.
        String plain =
                line.replaceFirst("^(?:[a-z]\\w*\\.)+([A-Z][\\w$]*): ", "")
                        .replaceFirst("\\.+$", "");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }

    private static Optional<String> advice(String all) {
        for (Remedy remedy : REMEDIES) {
            if (all.contains(remedy.sign)) {
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
