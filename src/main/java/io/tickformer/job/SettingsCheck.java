package io.tickformer.job;

import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.sink.DeliveryMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/** Checks settings beyond their types, each by itself and together. */
final class SettingsCheck {
    private static final int MOST_WATCHED_SERIES = 20;
    private static final int LARGEST_PORT = 65_535;

    private final JobSettings settings;

    private SettingsCheck(JobSettings settings) {
        this.settings = settings;
    }

    static void check(JobSettings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        check.given(KafkaOptions.BOOTSTRAP_SERVERS, "the brokers, host:port");
        check.given(ModelOptions.PATH, "the model's .onnx file");
        check.registry(
                isAvro(settings, SourceOptions.FORMAT) || isAvro(settings, SinkOptions.FORMAT));
        check.source();
        check.ticks();
        check.forecasts();
        check.feedback();
        check.sinks();
        check.runtime();
    }

    /** Checks what is needed to read the input topics. */
    static void checkReading(JobSettings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        check.given(KafkaOptions.BOOTSTRAP_SERVERS, "the brokers, host:port");
        check.registry(isAvro(settings, SourceOptions.FORMAT));
        check.source();
        check.ticks();
    }

    /** Checks what is needed to read dead letters. */
    static void checkDeadLetters(JobSettings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        check.given(KafkaOptions.BOOTSTRAP_SERVERS, "the brokers, host:port");
        check.require(
                !settings.get(SinkOptions.DEAD_LETTER_TOPIC).isBlank(),
                SinkOptions.DEAD_LETTER_TOPIC,
                "the topic that the job writes its dead letters to");
    }

    /** Checks what is needed to connect to the brokers and the registry. */
    static void checkConnecting(JobSettings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        check.given(KafkaOptions.BOOTSTRAP_SERVERS, "the brokers, host:port");
        check.registry(true);
    }

    /** Checks the values of all settings, and returns what is wrong. None needs to be set. */
    static List<String> faults(JobSettings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        List<Runnable> parts =
                List.of(
                        () -> check.registry(false),
                        check::source,
                        check::ticks,
                        check::forecasts,
                        check::feedback,
                        check::sinks,
                        check::runtime);
        List<String> faults = new ArrayList<>();
        for (Runnable part : parts) {
            try {
                part.run();
            } catch (OptionException e) {
                faults.add(e.getMessage());
            }
        }
        return faults;
    }

    private static boolean isAvro(JobSettings settings, ConfigOption<PayloadFormat> format) {
        return settings.get(format) == PayloadFormat.AVRO;
    }

    private void registry(boolean avro) {
        if (avro) {
            given(
                    RegistryOptions.URL,
                    "the schema registry's address, as a format is avro; or set source.format and"
                            + " sink.format to json");
        }
        settings.find(RegistryOptions.URL).ifPresent(this::httpAddress);
        require(
                settings.get(RegistryOptions.TOKEN).isEmpty()
                        || settings.get(RegistryOptions.CREDENTIALS).isEmpty(),
                RegistryOptions.TOKEN,
                "only one of registry.token and registry.credentials");
        positive(RegistryOptions.TIMEOUT);
        atLeast(1, RegistryOptions.ATTEMPTS);
    }

    private void httpAddress(String url) {
        String expected =
                "an address that begins with http:// or https:// and a host name (letters, digits,"
                        + " dots and hyphens)";
        // Checked before the address is parsed: a slash in a password would end the host.
        require(
                url.indexOf('@') < 0,
                RegistryOptions.URL,
                "no user and no password in it: they go into registry.credentials");
        try {
            URI address = new URI(url);
            String scheme = address.getScheme();
            // Java's HTTP client does not accept a host name with an underscore.
            if ((!"http".equals(scheme) && !"https".equals(scheme)) || address.getHost() == null) {
                require(false, RegistryOptions.URL, expected);
            }
        } catch (URISyntaxException e) {
            require(false, RegistryOptions.URL, expected);
        }
    }

    private void source() {
        notEmpty(SourceOptions.TOPICS, "at least one topic");
        notEmpty(SourceOptions.VALUE_FIELDS, "at least one field");
    }

    private void ticks() {
        settings.find(TickOptions.LENGTH).ifPresent(length -> positive(TickOptions.LENGTH));
        settings.find(ModelOptions.TICK).ifPresent(tick -> positive(ModelOptions.TICK));
    }

    private void forecasts() {
        ForecastFromOption.check(settings);
        atLeast(1, ForecastOptions.MICRO_BATCH_SIZE);
        atLeast(0, ForecastOptions.HORIZON);
        atLeast(0, ForecastOptions.SILENT_TICKS);
        atLeast(0, ForecastOptions.IDLE_EXPIRY_TICKS);
        atLeast(0, ForecastOptions.MAX_SERIES);
        List<Double> levels = settings.get(ForecastOptions.QUANTILE_LEVELS);
        double previous = 0;
        for (double level : levels) {
            require(
                    level > previous && level < 1,
                    ForecastOptions.QUANTILE_LEVELS,
                    "ascending levels between 0 and 1");
            previous = level;
        }
    }

    private void feedback() {
        positive(FeedbackOptions.SCORES_INTERVAL);
        atLeast(10, FeedbackOptions.ANOMALY_FALSE_ALARM_TICKS);
        atLeast(1, FeedbackOptions.ANOMALY_COUNT);
        int count = settings.get(FeedbackOptions.ANOMALY_COUNT);
        int duration = settings.get(FeedbackOptions.ANOMALY_DURATION);
        require(
                duration >= count && duration <= Long.SIZE,
                FeedbackOptions.ANOMALY_DURATION,
                "at least feedback.anomaly.count, and at most " + Long.SIZE);
        atLeast(0, FeedbackOptions.ANOMALY_DISTANCE);
    }

    private void sinks() {
        Set<String> taken = new HashSet<>(settings.get(SourceOptions.TOPICS));
        for (JobOutput<?> output : JobOutput.ALL) {
            String name = settings.get(output.topic());
            require(!output.isRequired() || !name.isBlank(), output.topic(), "a topic");
            require(name.isEmpty() || taken.add(name), output.topic(), "a topic of its own");
        }
        if (settings.get(SinkOptions.DELIVERY) == DeliveryMode.EXACTLY_ONCE) {
            transactions();
        }
    }

    private void transactions() {
        Duration interval = settings.get(RuntimeOptions.CHECKPOINT_INTERVAL);
        require(
                !interval.isZero(),
                RuntimeOptions.CHECKPOINT_INTERVAL,
                "more than 0, because exactly-once delivery commits forecasts at checkpoints, or sink.delivery at-least-once");
        require(
                settings.get(SinkOptions.TRANSACTION_TIMEOUT).compareTo(interval) > 0,
                SinkOptions.TRANSACTION_TIMEOUT,
                "more than checkpoint.interval");
        require(
                !JobIdentity.transactionalIdPrefix(settings).isBlank(),
                SinkOptions.TRANSACTIONAL_ID_PREFIX,
                "a name of the job's own");
    }

    private void runtime() {
        require(
                settings.get(RuntimeOptions.WATCHED_SERIES).size() <= MOST_WATCHED_SERIES,
                RuntimeOptions.WATCHED_SERIES,
                "at most %d series".formatted(MOST_WATCHED_SERIES));
        int port = settings.get(RuntimeOptions.PROMETHEUS_PORT);
        require(
                port >= 0 && port <= LARGEST_PORT,
                RuntimeOptions.PROMETHEUS_PORT,
                "a port, or 0 for none");
        Duration interval = settings.get(RuntimeOptions.CHECKPOINT_INTERVAL);
        require(
                interval.isZero() || interval.toMillis() >= 10,
                RuntimeOptions.CHECKPOINT_INTERVAL,
                "10 ms or more, or 0");
        settings.find(RuntimeOptions.PARALLELISM)
                .ifPresent(parallelism -> atLeast(1, RuntimeOptions.PARALLELISM));
        settings.find(RuntimeOptions.MAX_PARALLELISM).ifPresent(this::maxParallelism);
    }

    private void maxParallelism(int most) {
        int parallelism = settings.find(RuntimeOptions.PARALLELISM).orElse(1);
        require(
                most >= parallelism && most <= KeyGroupRangeAssignment.UPPER_BOUND_MAX_PARALLELISM,
                RuntimeOptions.MAX_PARALLELISM,
                "at least job.parallelism, and at most "
                        + KeyGroupRangeAssignment.UPPER_BOUND_MAX_PARALLELISM);
    }

    private void given(ConfigOption<String> option, String expected) {
        if (settings.find(option).filter(text -> !text.isBlank()).isEmpty()) {
            throw new OptionException(
                    "%s is not set; expected %s".formatted(option.key(), expected));
        }
    }

    private void notEmpty(ConfigOption<List<String>> option, String expected) {
        List<String> items = settings.get(option);
        require(!items.isEmpty(), option, expected);
        require(new HashSet<>(items).size() == items.size(), option, "each item once");
    }

    private void positive(ConfigOption<Duration> option) {
        require(settings.get(option).toMillis() >= 1, option, "a duration of 1 ms or more");
    }

    private void atLeast(int least, ConfigOption<Integer> option) {
        require(settings.get(option) >= least, option, least + " or more");
    }

    private void require(boolean holds, ConfigOption<?> option, String expected) {
        if (!holds) {
            throw OptionException.invalid(option.key(), settings.shown(option), expected);
        }
    }
}
