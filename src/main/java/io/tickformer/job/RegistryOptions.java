package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.kafka.registry.RegistrySettings;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the schema registry, which is required for Avro. */
@Public
public final class RegistryOptions {
    public static final ConfigOption<String> URL =
            ConfigOptions.key("registry.url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Address of a schema registry with a Confluent-compatible API, such as"
                                    + " http://registry:8081 or, for Apicurio,"
                                    + " http://registry:8080/apis/ccompat/v7.");

    public static final ConfigOption<Duration> TIMEOUT =
            ConfigOptions.key("registry.timeout")
                    .durationType()
                    .defaultValue(RegistrySettings.DEFAULT_TIMEOUT)
                    .withDescription("Timeout of one request.");

    public static final ConfigOption<Integer> ATTEMPTS =
            ConfigOptions.key("registry.attempts")
                    .intType()
                    .defaultValue(RegistrySettings.DEFAULT_ATTEMPTS)
                    .withDescription(
                            "How often a request is tried, with growing pauses, before the job"
                                    + " fails and restarts.");

    @SecretOption
    public static final ConfigOption<String> CREDENTIALS =
            ConfigOptions.key("registry.credentials")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "user:password for HTTP basic authentication; empty for none.");

    @SecretOption
    public static final ConfigOption<String> TOKEN =
            ConfigOptions.key("registry.token")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Token for HTTP bearer authentication, instead of registry.credentials;"
                                    + " empty for none.");

    private RegistryOptions() {}
}
