package io.tickformer.cli.doctor;

import io.tickformer.annotation.Nullable;
import io.tickformer.job.JobSettings;
import io.tickformer.job.JobTrial;
import io.tickformer.job.ModelOptions;
import io.tickformer.job.SettingsDraft;
import io.tickformer.job.SinkOptions;
import io.tickformer.job.SourceOptions;
import io.tickformer.job.TickOptions;
import io.tickformer.job.TriedModel;
import io.tickformer.kafka.PayloadFormat;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What the doctor is given, and what its checks found out so far. A check that was given up may
 * still run on its thread, so what it found is volatile.
 */
final class Examination {
    private final SettingsDraft draft;
    private final JobTrial trial;
    private final Clock clock;
    private final Duration timeout;
    private final int records;
    private final @Nullable URI cluster;

    private volatile TriedModel model;
    private volatile boolean brokersAnswer;
    private volatile boolean registryAnswers;
    private volatile boolean inputsExist;
    private volatile FlinkCluster flink;

    /**
     * @param draft the settings of the job
     * @param clock the time
     * @param timeout how long a request may take
     * @param records how many records of the input topics to read
     * @param cluster address of the REST interface of a Flink cluster, or null
     */
    Examination(
            SettingsDraft draft,
            Clock clock,
            Duration timeout,
            int records,
            @Nullable URI cluster) {
        this.draft = draft;
        this.trial = new JobTrial(draft.settings(), clock);
        this.clock = clock;
        this.timeout = timeout;
        this.records = records;
        this.cluster = cluster;
    }

    SettingsDraft draft() {
        return draft;
    }

    JobSettings settings() {
        return draft.settings();
    }

    JobTrial trial() {
        return trial;
    }

    Clock clock() {
        return clock;
    }

    Duration timeout() {
        return timeout;
    }

    int records() {
        return records;
    }

    Optional<URI> cluster() {
        return Optional.ofNullable(cluster);
    }

    boolean readsAvro() {
        return settings().get(SourceOptions.FORMAT) == PayloadFormat.AVRO;
    }

    boolean writesAvro() {
        return settings().get(SinkOptions.FORMAT) == PayloadFormat.AVRO;
    }

    /** The model, if it works and fits the settings. */
    Optional<TriedModel> model() {
        return Optional.ofNullable(model);
    }

    void modelWorks(TriedModel tried) {
        model = tried;
    }

    /** The tick length of the job, from the model or the settings, if known. */
    Optional<Duration> tickLength() {
        return model().map(tried -> Duration.ofMillis(tried.spec().tickMillis()))
                .or(() -> settings().find(ModelOptions.TICK))
                .or(() -> settings().find(TickOptions.LENGTH));
    }

    boolean brokersAnswer() {
        return brokersAnswer;
    }

    void brokersDoAnswer() {
        brokersAnswer = true;
    }

    boolean registryAnswers() {
        return registryAnswers;
    }

    void registryDoesAnswer() {
        registryAnswers = true;
    }

    /** Whether all input topics exist and this user may read them. */
    boolean inputsExist() {
        return inputsExist;
    }

    void inputsDoExist() {
        inputsExist = true;
    }

    /** The Flink cluster, if it answers. */
    Optional<FlinkCluster> flink() {
        return Optional.ofNullable(flink);
    }

    void flinkAnswers(FlinkCluster found) {
        flink = found;
    }
}
