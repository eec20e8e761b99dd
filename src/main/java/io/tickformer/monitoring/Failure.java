package io.tickformer.monitoring;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why a job failed, as a person is told.
 *
 * @param reason one line
 * @param advice what to do, where that is known and the reason does not say it
 * @param isMendable whether reason or advice says what to do
 */
public record Failure(String reason, Optional<String> advice, boolean isMendable) {
    private static final int LONGEST = 300;

    /** Failures of ours whose words say what to do: nothing is looked for behind them. */
    private static final Set<String> TELLING = Set.of("LostTransactionException", "StateException");

    /** What a failure's texts hold, and what to do then. The first that fits is the advice. */
    private static final List<Remedy> REMEDIES =
            List.of(
                    new Remedy(
                            "set sink.transaction-timeout to at most the broker's"
                                    + " transaction.max.timeout.ms, 15 min where nobody has set it",
                            "InvalidTxnTimeoutException",
                            "transaction timeout is larger"),
                    new Remedy(
                            "another job writes under the same transactional ids, or an outage was"
                                    + " longer than sink.transaction-timeout: give every job a"
                                    + " sink.transactional-id-prefix of its own",
                            "ProducerFencedException",
                            "InvalidProducerEpochException"),
                    new Remedy(
                            "the broker has given up a transaction: sink.transaction-timeout must be"
                                    + " longer than checkpoint.interval and any outage",
                            "InvalidTxnStateException",
                            "InvalidPidMappingException"),
                    new Remedy(
                            "raise max.message.bytes of the topic and"
                                    + " kafka.properties.max.request.size, or lower"
                                    + " forecast.horizon or forecast.quantile-levels",
                            "RecordTooLargeException"),
                    new Remedy(
                            "give the user of kafka.properties.sasl.jaas.config that right",
                            "AuthorizationException"),
                    new Remedy(
                            "check the user and the password in kafka.properties.sasl.jaas.config",
                            "SaslAuthenticationException"),
                    new Remedy(
                            "the topic is gone: create it, or start the job again, which creates"
                                    + " topics that it writes to",
                            "UnknownTopicOrPartitionException",
                            "not present in metadata"),
                    new Remedy(
                            "the contexts do not fit the JobManager's memory: set"
                                    + " checkpoint.directory to a folder or bucket that all"
                                    + " processes reach",
                            "maximum permitted memory-backed state"),
                    new Remedy(
                            "a checkpoint takes longer than"
                                    + " flink.execution.checkpointing.timeout: the sink is slow, or"
                                    + " checkpoint.directory is",
                            "Checkpoint expired before completing"),
                    new Remedy(
                            "give the process more memory (TICKFORMER_HEAP=4g for the command), or"
                                    + " hold contexts on disk with"
                                    + " checkpoint.state-backend=rocksdb",
                            "OutOfMemoryError"),
                    new Remedy(
                            "there are fewer slots than job.parallelism: lower it, or start more"
                                    + " TaskManagers",
                            "NoResourceAvailableException"),
                    new Remedy(
                            "are the brokers of kafka.bootstrap-servers there?",
                            "org.apache.kafka.common.errors.TimeoutException"),
                    new Remedy(
                            "is the schema registry of registry.url there?", "RegistryException"));

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

    /** Why, given the failure and everything that led to it. */
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
